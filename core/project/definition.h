// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "core/project/project.h"

namespace pimento {

// project.json: what a project is made of, where large parts are names of other entries of its archive; an empty name
// stands for a part that it does not have.
struct ProjectDefinition {
  struct RunEntry {
    QString name, entry, history, weights;
  };
  struct TableEntry {
    QString name, entry;  // of a file of tensors; empty: the table itself
    QJsonObject table;
  };
  struct AcceleratorEntry {
    QString name, entry;
  };
  int schema = 0;
  QString title;
  std::optional<PublishedChoice> published;
  std::vector<EstimateChoice> estimates;
  std::vector<RunEntry> runs;
  std::vector<TableEntry> tables;
  std::vector<AcceleratorEntry> accelerators;
  QJsonObject view;
  QStringList history;
};

// Throws Error naming `place` and the key, or that the schema is not one from 1 to `newest`.
[[nodiscard]] ProjectDefinition definitionFromJson(const QJsonObject &json, const QString &place, int newest);
[[nodiscard]] QJsonObject toJson(const ProjectDefinition &definition);

}  // namespace pimento
