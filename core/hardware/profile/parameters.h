// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>
#include <functional>
#include <limits>
#include <span>

#include "core/base/kind.h"
#include "core/base/report_table.h"
#include "core/hardware/profile/accelerator.h"

namespace pimento {

// One parameter of an accelerator: profile files, `--set`, validation, help and sliders all read this one table.
// The source is that of the default value. A parameter with words holds the index of one of them.
struct Parameter {
  const char *section;  // "device", "sensing", "array", "chip", "schedule", "calibration"
  const char *key;      // unique over all sections, with the unit at its end
  const char *unit;     // for people; "" where it has none
  double minimum = 0;
  double maximum = 0;
  Kind kind = Kind::Estimated;
  const char *source;
  const char *meaning;
  bool whole = false;
  std::span<const char *const> words;
  double (*get)(const Accelerator &) = nullptr;  // of a choice that its table does not list: -1
  void (*put)(Accelerator &, double) = nullptr;
  const char *(*word)(const Accelerator &) = nullptr;  // the choice's own name, where it is a row (core/base/row_of.h)
  // A parameter that follows from others until it is given itself: whether it does, and how it is let go again. `get`
  // is what holds, `put` gives it. With otherForm, giving one of the two lets the other go.
  bool (*follows)(const Accelerator &) = nullptr;
  void (*release)(Accelerator &) = nullptr;
  const char *otherForm = nullptr;
};

[[nodiscard]] std::span<const Parameter> parameters();
[[nodiscard]] bool follows(const Accelerator &accelerator, const Parameter &parameter);
[[nodiscard]] const Parameter &requireParameter(const QString &key, const QString &place);  // throws with the closest

// Sets one parameter after checking its range. Throws Error naming parameter, value and range.
void setParameter(Accelerator &accelerator, const Parameter &parameter, double value, const QString &place);

// "key=value" as typed after --set; words for parameters that have them, and Follow for those that can be let go.
inline constexpr const char *Follow = "follow";
inline constexpr double LetGo = -std::numeric_limits<double>::infinity();  // Follow, where a number stands for a value
void setParameter(Accelerator &accelerator, const QString &assignment, const QString &place);

// Makes a parameter of `to` what it is in `from`: the same value, or following as well.
void copyParameter(Accelerator &to, const Accelerator &from, const Parameter &parameter);

[[nodiscard]] QString valueText(const Parameter &parameter, double value);
[[nodiscard]] QString valueText(const Parameter &parameter, const Accelerator &accelerator);  // of its value there
[[nodiscard]] QString rangeText(const Parameter &parameter);

// Throws Error naming both where `given` has the other form of the parameter too.
void refuseBothForms(const Parameter &parameter, const std::function<bool(const QString &)> &given,
                     const QString &place);

// Where the value comes from: the table's source while it is the default or follows, else what the profile says.
[[nodiscard]] QString sourceOf(const Accelerator &accelerator, const Parameter &parameter);
[[nodiscard]] Kind kindOf(const Accelerator &accelerator, const Parameter &parameter);

// All parameters of an accelerator, a row each.
[[nodiscard]] ReportTable parameterReport(const Accelerator &accelerator);

}  // namespace pimento
