// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonObject>
#include <QStringList>

#include "core/weights/tensor_names.h"

namespace pimento {

// What became of the tensors of a file.
struct LoadReport {
  QStringList loaded;
  QStringList missing;     // of the network, not in the file
  QStringList leftOver;    // in the file, not of the network
  QStringList otherShape;  // "fc.weight: F32 100 x 64 in the file, F32 10 x 64 in the network"
  QStringList foreign;     // of those left over: a layer computed with them that the network does not have
  QStringList ignored;     // left over, and the user said so
  [[nodiscard]] bool complete() const { return missing.isEmpty() && otherShape.isEmpty(); }
};

// Takes what fits one of the patterns, as "layer*.downsample.*", out of what is left over: * stands for any text, ? for
// a character.
void ignore(LoadReport &report, const QStringList &patterns);

// The first names of a list: "a, b, c and 4 more".
[[nodiscard]] QString firstNames(const QStringList &names);

// Every tensor that was not loaded as it stands, and what is the matter with it.
struct Misfit {
  QString tensor;
  QString what;
};
[[nodiscard]] std::vector<Misfit> misfits(const LoadReport &report);

// Sentences for people: nothing that did not fit is left unsaid; of each kind the first names. Empty if all fits.
[[nodiscard]] QStringList loadNotes(const LoadReport &report);

// The report in the JSON form that pimento-learn prints: loaded (how many), missing, left_over, other_shape, foreign,
// ignored.
[[nodiscard]] QJsonObject toJson(const LoadReport &report);
[[nodiscard]] LoadReport loadReportFromJson(const QJsonObject &json);

// Throw Error naming `place` and the first tensors that are missing or of another shape; or that are foreign, for the
// accuracy would be that of another function than the file's.
void requireComplete(const LoadReport &report, const QString &place);
void requireNothingForeign(const LoadReport &report, const QString &place);

}  // namespace pimento
