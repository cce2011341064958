"use strict";

Redoc.init(
  "/openapi.json",
  { disableSearch: false, expandResponses: "200,201", hideDownloadButton: false, nativeScrollbars: true },
  document.getElementById("redoc"),
);
