// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/what_if_steps.h"

#include <algorithm>

#include "app/window/labels.h"
#include "app/window/parameter_labels.h"
#include "app/window/session.h"
#include "app/window/subject.h"
#include "core/base/format.h"
#include "core/hardware/device_presets.h"
#include "core/hardware/profiles.h"

namespace pimento {

namespace {

QString keyOf(const Parameter &p) { return QString::fromLatin1(p.key); }

}  // namespace

void setWhatIf(Session &session, const Accelerator &base, const Parameter &p, double value, int drag) {
  ViewState view = session.view();
  if (value == p.get(base))
    view.whatIf.erase(keyOf(p));
  else
    view.whatIf[keyOf(p)] = value;
  session.change(QStringLiteral("Set %1 to %2").arg(parameterInSentence(p), parameterValue(p, value)), view, drag);
}

void resetWhatIf(Session &session, const Accelerator &base, const Parameter &p) {
  ViewState view = session.view();
  view.whatIf.erase(keyOf(p));
  session.change(QStringLiteral("Reset %1 to %2").arg(parameterInSentence(p), parameterValue(p, p.get(base))), view);
}

void resetWhatIf(Session &session) {
  ViewState view = session.view();
  view.whatIf.clear();
  session.change(QStringLiteral("Reset the what-if"), view);
}

std::vector<Preset> presetsFor(const Accelerator &base) {
  std::vector<Preset> presets;
  QStringList known{hash(base)};  // a profile that is a device on the default chip stands once
  const auto add = [&](const QString &title, const Accelerator &accelerator) {
    if (const QString values = hash(accelerator); !known.contains(values)) {
      known << values;
      presets.push_back({title, accelerator});
    }
  };
  for (const QString &name : builtInProfiles()) add(QStringLiteral("Profile %1").arg(name), builtInProfile(name));
  for (const QString &name : devicePresets()) {
    Accelerator accelerator = base;
    applyDevicePreset(accelerator, name);
    accelerator.title = devicePresetTitle(name);
    add(QStringLiteral("Device %1").arg(name), accelerator);
  }
  return presets;
}

void setWhatIf(Session &session, const Accelerator &base, const Preset &preset) {
  ViewState view = session.view();
  view.whatIf = changesBetween(base, preset.accelerator);
  session.change(preset.title, view);
}

QString suggestedProfileName(const Session &session, const Accelerator &base) {
  const ParameterChanges &changes = session.view().whatIf;
  QString stem = base.name;
  if (changes.size() == 1) {
    const auto &[key, value] = *changes.begin();
    const Parameter &p = requireParameter(key, QStringLiteral("what-if"));
    stem += QLatin1Char('-') + parameterInSentence(p).toLower().replace(QLatin1Char(' '), QLatin1Char('-')) +
            QLatin1Char('-') + (p.words.empty() ? fourDigits(value) : valueText(p, value));
  }
  const auto taken = [&](const QString &name) {
    return session.definitions().accelerators.contains(name) || builtInProfiles().contains(name) ||
           session.table().find(name);
  };
  QString name = stem;
  for (int i = 2; taken(name); ++i) name = QStringLiteral("%1-%2").arg(stem).arg(i);
  return name;
}

void addEstimateOfSubject(Session &session) {
  const auto subject = subjectOf(session);
  if (!subject) return;
  EstimateChoice estimate{.network = subject->network.name, .classes = subject->classes, .bits = subject->bits};
  ViewState view = session.view();
  const bool shown = view.filter.networks.isEmpty() || view.filter.networks.contains(estimate.network);
  if (!shown) view.filter.networks << estimate.network;
  // An estimate names no data set and no accuracy: it is seen among all data sets, by its costs.
  view.filter.datasets.clear();
  view.x = Metric::Latency;
  view.y = Metric::Energy;
  view.objectives = {objective(Metric::Latency), objective(Metric::Energy)};
  view.zoom.reset();
  session.addEstimate(QStringLiteral("Add estimates of %1").arg(networkTitle(estimate.network)), estimate, view);
}

}  // namespace pimento
