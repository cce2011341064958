"use strict";

const ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: -1,
  filter: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  layout: "BaseLayout",
});

document.getElementById("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const said = form.querySelector("output");
  const body = new URLSearchParams(new FormData(form));
  body.set("grant_type", "password");
  try {
    const answer = await fetch("/auth/v1/tokens", { method: "POST", body });
    const found = await answer.json();
    if (answer.ok) {
      ui.preauthorizeApiKey("token", found.access_token);
    }
    said.textContent = answer.ok ? "已登录，十分钟内有效" : found.detail;
  } catch {
    said.textContent = "网关没有应答";
  }
});
