// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <map>
#include <optional>
#include <vector>

#include "core/explore/design_table.h"
#include "core/network/counts.h"
#include "core/project/training_run.h"
#include "core/published/published.h"

namespace pimento {

// The papers' results, shown with these corrections applied. Computed when the project opens, never stored.
struct PublishedChoice {
  CorrectionSet corrections;
  bool operator==(const PublishedChoice &) const = default;
};

// An estimate by its inputs: of a family, or of what a run of the project trained. Computed when the project opens,
// never stored.
struct EstimateChoice {
  QString network;       // family name, as in pimento networks; of a run: the name of its network
  int classes = 0;       // 0: the family's default, or the run's
  QStringList variants;  // empty: all that the papers name, or all of the run
  QString accelerator;   // a profile of the project, else one that is built in; empty: the default one
  Bits bits;
  QString gpuPower;  // basis of the GPU reference, as in pimento estimate --gpu-power; empty: the default one
  QString run;       // name of a run of the project; empty: a family
  bool operator==(const EstimateChoice &) const = default;
};

// Design points that can not be computed again: imported, measured or sampled.
struct StoredTable {
  QString name;  // unique in its project
  DesignTable table;
};

// What a .pimento file holds. A plain value; the session of the window and the verbs' -o make and change it.
struct Project {
  QString title;
  std::optional<PublishedChoice> published;
  std::vector<EstimateChoice> estimates;
  std::vector<TrainingRun> runs;
  std::vector<StoredTable> tables;
  std::map<QString, QByteArray> accelerators;  // profile JSON by name, byte for byte

  // How the explorer shows it; every key may be left out, others are kept as they are:
  //   "x", "y": "energy"                  keys of metrics on the axes
  //   "objectives": ["energy", …]         of the front; without them those of the axes
  //   "objectives_by_hand": true          they do not follow the axes
  //   "include_invalid": true             designs that do not work as they are priced take part
  //   "scope": "whole" | "head"
  //   "filters": {"dataset": ["cifar-100"], "max_energy": 35, …}   lists of names; least_… and max_… of metrics
  //   "pins": [id, …]                     ids of design points, as in the column id
  //   "selection": id
  //   "what_if": {"tmr_pct": 150, …}      parameters changed over the estimates' profiles; words for those with words
  QJsonObject view;
  QStringList history;   // commands that repeat what was done, oldest first
  QByteArray thumbnail;  // PNG, or empty
};

// Whether two projects have the same content, whatever the ids inside their tables.
[[nodiscard]] bool sameAs(const Project &a, const Project &b);

// The run of that name, or null.
[[nodiscard]] const TrainingRun *findRun(const Project &project, const QString &name);

// Puts a run into the project, in the place of the one of its name, with estimates of its network at every precision of
// integers that it was measured at (8:8 if there is none): on `accelerators`, else on those that the project's
// estimates are made for, else on the default one.
void addRun(Project &project, TrainingRun run, QStringList accelerators = {}, const QString &gpuPower = {});

}  // namespace pimento
