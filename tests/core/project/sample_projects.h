// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonArray>

#include "core/project/project.h"
#include "tests/core/project/sample_runs.h"

namespace pimento {

// `rows` points of one network; every metric but the last few is set, with provenances that vary.
inline DesignTable sampleTable(std::uint32_t rows) {
  DesignTable table;
  DesignKey key{.network = table.intern(QStringLiteral("net")), .bitsWeights = 8, .bitsActivations = 4};
  const ProvenanceId estimated = table.intern(Provenance{Kind::Estimated, QStringLiteral("model \"µ\""), {}, {}});
  const ProvenanceId measured = table.intern(Provenance{Kind::Measured, QStringLiteral("run"), {}, {}, 500});
  const ProvenanceId derived = table.intern(Provenance{
      Kind::Derived, QStringLiteral("Table III"), QStringLiteral("P x t"), {QStringLiteral("a"), QStringLiteral("b")}});
  for (std::uint32_t i = 0; i < rows; ++i) {
    key.variant = table.intern(QStringLiteral("v%1").arg(i % 300));
    key.scope = i % 7 == 3 ? Scope::Head : Scope::Whole;
    key.reference = i % 11 == 5;
    key.run = i % 4 == 1 ? table.intern(QStringLiteral("short")) : 0;
    const auto row = table.append(key);
    table.set(row, Metric::Energy, 0.1 + i, i % 5 == 0 ? derived : estimated);
    table.set(row, Metric::Power, 1.5, estimated);
    if (i % 3 != 0) table.set(row, Metric::Accuracy, 50 + i * 1e-7, measured);
  }
  return table;
}

// A project that uses everything there is.
inline Project sampleProject(std::uint32_t rows = 20) {
  Project project;
  project.title = QStringLiteral("Größe \"1\"\n");
  project.published = PublishedChoice{{QStringLiteral("table-i-cm1-time")}};
  project.estimates = {{QStringLiteral("resnet20-slimmable"),
                        100,
                        {QStringLiteral("0.25"), QStringLiteral("0.3")},
                        QStringLiteral("mine"),
                        {4, 2},
                        QStringLiteral("one-board")},
                       {QStringLiteral("deco-vgg16"), 0, {}, {}, {}, {}}};
  addRun(project, sampleRun());
  project.tables.push_back({QStringLiteral("sweep"), sampleTable(rows)});
  project.tables.push_back({QStringLiteral("empty"), {}});
  project.accelerators[QStringLiteral("mine")] = "{ \"rows\": 128 }\n";
  project.view = {{QStringLiteral("x"), QStringLiteral("energy")},
                  {QStringLiteral("pins"), QJsonArray{QStringLiteral("net/v1/8:4/whole")}}};
  project.history = {QStringLiteral("pimento published"), QStringLiteral("pimento front --published")};
  project.thumbnail = QByteArray("\x89PNG\r\n\x1a\n\0", 9);
  return project;
}

}  // namespace pimento
