"""Opens a file with Mapnik's GeoJSON plugin, draws all of it twice, and prints the seconds as one line of JSON."""

import json
import sys
import time

began = time.perf_counter()

import mapnik  # noqa: E402

started = time.perf_counter()


def symbolizer(source):
    """What suits the geometry: dots of 6 pixels, lines or fills."""
    kind = str(source.geometry_type()).lower()
    if "point" in kind:
        dots = mapnik.MarkersSymbolizer()
        dots.width = mapnik.Expression("6")
        dots.height = mapnik.Expression("6")
        # As sitmap does: no dot is left out because it lies on another.
        dots.allow_overlap = True
        return dots
    return mapnik.LineSymbolizer() if "line" in kind else mapnik.PolygonSymbolizer()


layer = mapnik.Layer("layer")
layer.datasource = mapnik.Datasource(type="geojson", file=sys.argv[1])
rule = mapnik.Rule()
rule.symbols.append(symbolizer(layer.datasource))
style = mapnik.Style()
style.rules.append(rule)
drawn = mapnik.Map(1280, 800)
drawn.append_style("style", style)
layer.styles.append("style")
drawn.layers.append(layer)
opened = time.perf_counter()


def frame():
    """The seconds that a frame of the whole layer takes."""
    frame_began = time.perf_counter()
    drawn.zoom_all()
    mapnik.render(drawn, mapnik.Image(drawn.width, drawn.height))
    return time.perf_counter() - frame_began


seconds = {"start": started - began, "open": opened - started, "first_frame": frame(), "later_frame": frame()}
print(json.dumps(seconds))
