<?xml version="1.0" encoding="UTF-8"?>
<!-- An overview of the XML that Handler Workbench writes of a comparison of handlers (XSLT 1.0, no scripts). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" indent="yes" doctype-system="about:legacy-compat"/>

  <xsl:template match="/handlerDiff">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>Handler Diff: <xsl:value-of select="@old"/> and <xsl:value-of select="@new"/></title>
        <style>
          :root { color-scheme: light dark; --edge: #d1d9e0; --head: #f3f5f8; --muted: #59636e;
            --added: #116329; --removed: #a40e26; --changed: #7d4e00; }
          @media screen and (prefers-color-scheme: dark) { :root { --edge: #4b515b; --head: #26292e; --muted: #a0a7b1;
            --added: #57c98a; --removed: #ff8d85; --changed: #e3b341; } }
          body { font: 15px/1.5 "Segoe UI", system-ui, sans-serif; max-width: 80rem; margin: 0 auto; padding: 1.5rem; }
          table { border-collapse: collapse; width: 100%; margin: .6rem 0; }
          th, td { border: 1px solid var(--edge); padding: .25rem .5rem; text-align: left; vertical-align: top; }
          thead th { background: var(--head); }
          h2 { margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--edge); }
          .number { text-align: right; }
          .muted { color: var(--muted); }
          .value { font: 13px/1.45 Consolas, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
          .status { font-weight: 600; }
          .added { color: var(--added); }
          .removed, .unreadable { color: var(--removed); }
          .changed { color: var(--changed); }
          .note { border-left: 3px solid var(--changed); padding: .2rem .7rem; }
        </style>
      </head>
      <body>
        <h1>Handler Diff</h1>
        <p>Old: <xsl:value-of select="@old"/><br/>New: <xsl:value-of select="@new"/>
          <xsl:if test="@date"><br/>Compared on <xsl:value-of select="@date"/></xsl:if>
        </p>
        <xsl:for-each select="notes/note"><p class="note"><xsl:value-of select="."/></p></xsl:for-each>
        <p><strong>
          <xsl:value-of select="summary/@changed"/> changed,
          <xsl:value-of select="summary/@added"/> added,
          <xsl:value-of select="summary/@removed"/> removed,
          <xsl:value-of select="summary/@unreadable"/> unreadable,
          <xsl:value-of select="summary/@identical"/> identical
        </strong></p>
        <table>
          <thead><tr><th scope="col">Status</th><th scope="col">Handler</th><th scope="col" class="number">Differences</th><th scope="col">Where</th></tr></thead>
          <tbody>
            <xsl:apply-templates select="handlers/handler[@status = 'changed']" mode="row"/>
            <xsl:apply-templates select="handlers/handler[@status = 'added']" mode="row"/>
            <xsl:apply-templates select="handlers/handler[@status = 'removed']" mode="row"/>
            <xsl:apply-templates select="handlers/handler[@status = 'unreadable']" mode="row"/>
            <xsl:apply-templates select="handlers/handler[@status = 'identical']" mode="row"/>
          </tbody>
        </table>
        <xsl:apply-templates select="handlers/handler[change]"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="handler" mode="row">
    <tr>
      <td class="status {@status}"><xsl:value-of select="@status"/></td>
      <th scope="row">
        <xsl:choose>
          <xsl:when test="change"><a href="#{generate-id()}"><xsl:value-of select="@name"/></a></xsl:when>
          <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
        </xsl:choose>
      </th>
      <td class="number"><xsl:if test="change"><xsl:value-of select="count(change)"/></xsl:if></td>
      <td><xsl:call-template name="paths"/><xsl:if test="note">. <xsl:value-of select="note"/></xsl:if></td>
    </tr>
  </xsl:template>

  <xsl:template match="handler">
    <h2 id="{generate-id()}"><xsl:value-of select="@name"/></h2>
    <p class="muted"><xsl:call-template name="paths"/></p>
    <xsl:for-each select="note"><p class="note"><xsl:value-of select="."/></p></xsl:for-each>
    <table>
      <thead><tr><th scope="col">Where</th><th scope="col">Kind</th><th scope="col">What</th><th scope="col">Old</th><th scope="col">New</th></tr></thead>
      <tbody><xsl:apply-templates select="change"/></tbody>
    </table>
  </xsl:template>

  <xsl:template match="change">
    <tr>
      <th scope="row">
        <xsl:choose>
          <xsl:when test="@node">
            Step <xsl:value-of select="@node"/>
            <xsl:if test="@oldNode and @oldNode != @node"> (was <xsl:value-of select="@oldNode"/>)</xsl:if>
          </xsl:when>
          <xsl:otherwise>Handler</xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@label"><br/><xsl:value-of select="@label"/></xsl:if>
      </th>
      <td><xsl:value-of select="@kindName"/></td>
      <td><xsl:value-of select="@what"/></td>
      <td class="value"><xsl:value-of select="old"/></td>
      <td class="value"><xsl:value-of select="new"/></td>
    </tr>
  </xsl:template>

  <xsl:template name="paths">
    <xsl:value-of select="@oldPath"/>
    <xsl:if test="@newPath and (not(@oldPath) or @oldPath != @newPath)">
      <xsl:if test="@oldPath"> to </xsl:if>
      <xsl:value-of select="@newPath"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
