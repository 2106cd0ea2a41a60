"""Opens a file with QGIS through OGR, draws all of it twice, and prints the seconds as one line of JSON."""

import json
import sys
import time

began = time.perf_counter()

from qgis.core import QgsApplication, QgsMapRendererSequentialJob, QgsMapSettings, QgsVectorLayer  # noqa: E402
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

application = QgsApplication([], False)
application.initQgis()
started = time.perf_counter()

layer = QgsVectorLayer(sys.argv[1], "layer", "ogr")
if not layer.isValid() or layer.featureCount() == 0:
    sys.exit("QGIS finds no features in the file")
extent = layer.extent()
opened = time.perf_counter()


def frame():
    """The seconds that a frame of the whole layer takes."""
    frame_began = time.perf_counter()
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(1280, 800))
    settings.setBackgroundColor(QColor("white"))
    settings.setExtent(extent)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    if job.renderedImage().isNull():
        sys.exit("QGIS drew nothing")
    return time.perf_counter() - frame_began


seconds = {"start": started - began, "open": opened - started, "first_frame": frame(), "later_frame": frame()}
print(json.dumps(seconds))
