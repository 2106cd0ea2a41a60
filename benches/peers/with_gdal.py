"""Lets GDAL's ogrinfo read a whole file and sum it up, and prints the seconds as one line of JSON. It draws nothing."""

import json
import subprocess
import sys
import time

began = time.perf_counter()
summary = subprocess.run(["ogrinfo", "-so", "-al", sys.argv[1]], check=True, capture_output=True, text=True).stdout
opened = time.perf_counter()
if "Feature Count: " not in summary:
    sys.exit("GDAL finds no features in the file")
print(json.dumps({"open": opened - began}))
