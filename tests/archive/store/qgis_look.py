"""Opens a layer in QGIS's own library and prints as JSON what its user would see. Run by the system's Python."""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize


def look(address: str, provider: str) -> dict:
    """Return what a layer shows with the style that the store gives it."""
    layer = QgsVectorLayer(address, "layer", provider)
    renderer, context = layer.renderer(), QgsRenderContext()
    renderer.startRender(context, layer.fields())
    without = 0
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        without += renderer.originalSymbolForFeature(feature, context) is None
    renderer.stopRender(context)
    return {
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "renderer": renderer.type(),
        "categories": [one.value() for one in renderer.categories()] if hasattr(renderer, "categories") else [],
        "without_symbol": without,
        "fields": [field.name() for field in layer.fields()],
        "coloured": _coloured(layer),
    }


def _coloured(layer: QgsVectorLayer) -> int:
    """Return how many pixels of a small map are not white."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setExtent(layer.extent().buffered(1))
    settings.setOutputSize(QSize(300, 300))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return sum(image.pixelColor(x, y).name() != "#ffffff" for x in range(300) for y in range(300))


application = QgsApplication([], False)
application.initQgis()
sys.stdout.write("QGIS:" + json.dumps(look(*sys.argv[1:])) + "\n")
application.exitQgis()
