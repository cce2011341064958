"""The few pages people open in a browser. Every asset comes from this server: government networks reach no other."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from gateway.portal.status import ServiceState
from gateway.routes import Service
from gateway.settings import Settings

if TYPE_CHECKING:
    from gateway.portal.problems import ProblemKind

# The browser itself refuses whatever a bundled script might want from elsewhere.
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}

LEAD = "谁在园、钱给谁、是否安全、办得好不好：一个区的学前教育，从登记到经费、安全、质量，按行动计划的目标逐项落实。"


def _page(title: str, body: str, settings: Settings, head: str = "", kind: str = "") -> str:
    mark = '<p class="mark">演示数据 · 全部人员与机构均为虚构，不得用于实际业务</p>' if settings.demonstration else ""
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} · 怀幼</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/portal.css">
{head}</head>
<body class="{kind}">
{mark}
<header><a class="name" href="/">怀幼 <span>Huaiyou</span></a>
<nav><a href="/docs">接口调试</a><a href="/redoc">接口文档</a><a href="/problems">错误代码</a>
<a href="/openapi.json">OpenAPI</a></nav>
</header>
{body}
</body>
</html>
"""


def landing(services: Iterable[Service], states: Iterable[ServiceState], settings: Settings) -> str:
    """What this is, where to go, how the services are."""
    status = {each.service: each.status for each in states}
    rows = "\n".join(
        f'<li class="{status[each.name]}"><b>{escape(each.zh)}</b><span>{escape(each.about)}</span>'
        f"<em>{'正常' if status[each.name] == 'ready' else '未就绪'}</em></li>"
        for each in services
    )
    body = f"""<main>
<h1>学前教育行动计划的执行平台</h1>
<p class="lead">{LEAD}</p>
<section><h2>各服务</h2><ul class="services">
{rows}
</ul></section>
<section><h2>从这里开始</h2><ul class="links">
<li><a href="/docs">接口调试</a><span>登录后直接发出请求，查看应答</span></li>
<li><a href="/redoc">接口文档</a><span>全部接口、字段与中文标签</span></li>
<li><a href="/openapi.json">OpenAPI 3.1</a><span>合并后的机器可读描述，用于生成客户端</span></li>
<li><a href="/problems">错误代码</a><span>每个代码的含义与处理办法</span></li>
<li><a href="/auth/v1/roles">角色</a><span>岗位角色与不相容岗位</span></li>
<li><a href="/ready">运行状态</a><span>网关与各服务是否就绪</span></li>
</ul></section>
<section><h2>第一个请求</h2>
<pre>curl -d grant_type=password -d username=登录名 -d password=密码 {escape("$URL")}/auth/v1/tokens
curl -H "Authorization: Bearer $TOKEN" {escape("$URL")}/registry/v1/kindergartens</pre></section>
</main>"""
    return _page("首页", body, settings)


def documentation(settings: Settings) -> str:
    """Swagger UI with a sign-in of its own."""
    head = '<link rel="stylesheet" href="/assets/vendor/swagger-ui.css">\n'
    body = """<form id="sign-in"><label>登录名 <input name="username" autocomplete="username" required></label>
<label>密码 <input name="password" type="password" autocomplete="current-password" required></label>
<button>登录</button><output></output></form>
<div id="swagger-ui"></div>
<script src="/assets/vendor/swagger-ui-bundle.js"></script>
<script src="/assets/docs.js"></script>"""
    return _page("接口调试", body, settings, head, "docs")


def reference(settings: Settings) -> str:
    """Redoc."""
    body = """<div id="redoc"></div>
<script src="/assets/vendor/redoc.standalone.js"></script>
<script src="/assets/redoc.js"></script>"""
    return _page("接口文档", body, settings, kind="docs")


def problems(kinds: Iterable["ProblemKind"], settings: Settings) -> str:
    """The catalogue, or one entry of it."""
    rows = "\n".join(
        f'<tr id="{escape(each.code)}"><td><a href="/problems/{escape(each.code)}"><code>{escape(each.code)}</code></a>'
        f"</td><td>{each.status}</td><td>{escape(each.zh)}<small>{escape(each.en)}</small></td>"
        f"<td>{escape(each.hint_zh)}<small>{escape(each.hint_en)}</small></td>"
        f"<td>{escape('、'.join(each.services))}</td></tr>"
        for each in kinds
    )
    body = f"""<main><h1>错误代码</h1>
<table><thead><tr><th>代码</th><th>状态</th><th>含义</th><th>怎么办</th><th>服务</th></tr></thead>
<tbody>
{rows}
</tbody></table></main>"""
    return _page("错误代码", body, settings)
