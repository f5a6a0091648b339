"""Pictures: one module per chapter over one theme. Data frames in, Altair charts out.

Importing the package makes notebooks emit charts as `charts.theme.figure` left them: the Vega-Lite
specification and its description, nothing that differs from one run to the next.
"""

import altair as alt

from actient.charts import theme

alt.renderers.register("actient", theme.mime_bundle)
alt.renderers.enable("actient")
