// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/what_if_steps.h"

#include <algorithm>

#include "app/session/labels.h"
#include "app/session/parameter_labels.h"
#include "app/session/session.h"
#include "app/session/subject.h"
#include "core/base/format.h"
#include "core/hardware/profile/device_presets.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/profile/profiles.h"
#include "core/study/study.h"

namespace pimento {

namespace {

QString keyOf(const Parameter &p) { return QString::fromLatin1(p.key); }

}  // namespace

void setWhatIf(Session &session, const Accelerator &base, const Parameter &p, double value, int drag) {
  ViewState view = session.view();
  if (value == p.get(base) && !follows(base, p))
    view.whatIf.erase(keyOf(p));
  else
    view.whatIf[keyOf(p)] = value;
  if (p.otherForm) view.whatIf.erase(QString::fromLatin1(p.otherForm));
  session.change(QStringLiteral("Set %1 to %2").arg(parameterInSentence(p), parameterValue(p, value)), view, drag);
}

void resetWhatIf(Session &session, const Accelerator &base, const Parameter &p) {
  ViewState view = session.view();
  view.whatIf.erase(keyOf(p));
  session.change(QStringLiteral("Reset %1 to %2").arg(parameterInSentence(p), parameterValue(p, p.get(base))), view);
}

void resetWhatIf(Session &session) {
  ViewState view = session.view();
  view.endWhatIf();
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
            QLatin1Char('-') + (p.words.empty() ? fourDigits(value) : changeText(p, value));
  }
  const auto taken = [&](const QString &name) {
    return session.definitions().accelerators.contains(name) || builtInProfiles().contains(name) ||
           session.table().find(name);
  };
  QString name = stem;
  for (int i = 2; taken(name); ++i) name = QStringLiteral("%1-%2").arg(stem).arg(i);
  return name;
}

QString keepProfile(Session &session, const Accelerator &base, const QString &name) {
  session.keepProfile(base, name);
  const DesignTable &table = session.table();
  const ViewState &view = session.view();
  const auto seen = std::ranges::count_if(session.rows(), [&](std::uint32_t row) {
    const DesignKey &key = table.key(row);
    return !key.reference && table.name(key.platform) == name && table.at(row, view.x) && table.at(row, view.y);
  });
  const QString kept = QStringLiteral("Kept the profile %1: ").arg(name);
  if (seen == 0)
    return kept + QStringLiteral("its designs are in the project, but none has values for both axes of this view.");
  return kept + QStringLiteral("the chart shows %1 of it.")
                    .arg(countText(static_cast<std::size_t>(seen), QStringLiteral("design")));
}

void setWhatIfBits(Session &session, Bits bits) {
  ViewState view = session.view();
  view.whatIfBits = bits;
  const auto &estimates = session.definitions().estimates;
  const bool own = !estimates.empty() && std::all_of(estimates.begin(), estimates.end(),
                                                     [&](const EstimateChoice &e) { return e.bits == bits; });
  if (own) view.whatIfBits.reset();  // nothing is another than it is
  session.change(QStringLiteral("Set bits to %1:%2").arg(bits.weights).arg(bits.activations), view);
}

EstimateChoice estimateOf(const Session &session, const Subject &subject) {
  EstimateChoice wanted{.network = subject.network.name, .bits = subject.bits};
  wanted.run = subject.run;
  if (subject.run.isEmpty()) wanted.classes = subject.classes;
  // On the accelerator at hand, and of the same classes and GPU as what is there of this network.
  const Accelerator base = baseAcceleratorOf(session, subject.network.name);
  for (const auto &estimate : session.study().estimates) {
    if (estimate->choice.network != wanted.network || estimate->choice.run != wanted.run) continue;
    if (estimate->accelerator->name != base.name) continue;
    EstimateChoice same = estimate->choice;
    same.bits = wanted.bits;
    return same;
  }
  return wanted;
}

bool hasEstimateOf(const Session &session, const Subject &subject) {
  const auto &estimates = session.definitions().estimates;
  return std::find(estimates.begin(), estimates.end(), estimateOf(session, subject)) != estimates.end();
}

namespace {

// Whether a row is a design of the estimate, and no reference beside it.
bool isOf(const DesignTable &table, std::uint32_t row, const EstimateChoice &estimate, const QString &platform) {
  const DesignKey &key = table.key(row);
  return key.profileHash != 0 && !key.reference && key.bitsWeights == estimate.bits.weights &&
         key.bitsActivations == estimate.bits.activations && table.name(key.network) == estimate.network &&
         table.name(key.run) == estimate.run && table.name(key.platform) == platform;
}

// What of a table a view shows.
struct Shown {
  std::size_t designs = 0;     // of the estimate
  std::size_t seen = 0;        // of these, with values for both axes
  std::size_t references = 0;  // of all
  std::size_t rows = 0;
};

Shown shownOf(const DesignTable &table, const ViewState &view, const EstimateChoice &estimate,
              const QString &platform) {
  Shown shown;
  for (const std::uint32_t row : filteredRows(table, view.filter)) {
    ++shown.rows;
    if (table.key(row).reference) ++shown.references;
    if (!isOf(table, row, estimate, platform)) continue;
    ++shown.designs;
    if (table.at(row, view.x) && table.at(row, view.y)) ++shown.seen;
  }
  return shown;
}

void showCosts(ViewState &view) {
  view.objectivesByHand = false;
  setAxes(view, Metric::Latency, Metric::Energy);
  view.zoom.reset();
}

// The least change of a view with which designs of the estimate are seen.
ViewState viewWith(const DesignTable &table, const ViewState &now, const EstimateChoice &estimate,
                   const QString &platform) {
  const auto sees = [&](const ViewState &view) { return shownOf(table, view, estimate, platform).seen > 0; };
  ViewState view = now;
  if (!view.filter.networks.isEmpty() && !view.filter.networks.contains(estimate.network))
    view.filter.networks << estimate.network;
  if (sees(view)) return view;
  ViewState costs = view;
  showCosts(costs);
  if (sees(costs)) return costs;
  view.filter.datasetless = Datasetless::Shown;
  if (!sees(view)) showCosts(view);
  return view;
}

// " with 8 reference points and 4 other estimates without data set": what comes into view besides.
QString companyOf(std::size_t references, std::size_t others) {
  QString text;
  if (references > 0) text += QStringLiteral(" with %1").arg(countText(references, QStringLiteral("reference point")));
  if (others > 0)
    text += QStringLiteral(" %1 %2 without data set")
                .arg(text.isEmpty() ? QStringLiteral("with") : QStringLiteral("and"),
                     countText(others, QStringLiteral("other estimate")));
  return text;
}

}  // namespace

// What is looked at stays, if the estimate can be seen there; else it is seen by its costs, beside the data set that is
// chosen: an estimate names no data set and no accuracy.
QString addEstimateOfSubject(Session &session) {
  const auto subject = subjectOf(session);
  if (!subject) return {};
  const EstimateChoice estimate = estimateOf(session, *subject);
  ViewState now = session.view();
  now.whatIfBits.reset();
  Project with = session.definitions();
  with.estimates.push_back(estimate);
  const Study made = study(with, &session.study());
  const QString platform = made.estimates.back()->accelerator->name;
  const DesignTable &table = made.table;
  const ViewState view = viewWith(table, now, estimate, platform);
  const Shown before = shownOf(session.table(), session.view(), estimate, platform);
  const Shown after = shownOf(table, view, estimate, platform);
  const QString what = QStringLiteral("%1 at %2:%3 bits")
                           .arg(networkTitle(estimate.network))
                           .arg(estimate.bits.weights)
                           .arg(estimate.bits.activations);
  session.addEstimate(QStringLiteral("Add estimates of %1").arg(what), estimate, view);
  const auto grown = [](std::size_t to, std::size_t from) { return to > from ? to - from : 0; };
  const std::size_t designs = grown(after.designs, before.designs);
  const std::size_t references = grown(after.references, before.references);
  const std::size_t others = grown(after.rows, before.rows + designs + references);
  QString text = QStringLiteral("Added %1 of %2%3.")
                     .arg(countText(designs, QStringLiteral("design")), what, companyOf(references, others));
  if (view.x != now.x || view.y != now.y) {
    const bool accuracy = now.x == Metric::Accuracy || now.y == Metric::Accuracy;
    text += QStringLiteral(" They have %1, so the chart shows %2 against %3 now.")
                .arg(accuracy ? QStringLiteral("no accuracy") : QStringLiteral("no value for an axis"),
                     metricTitle(view.y).toLower(), metricTitle(view.x).toLower());
  }
  return text + QStringLiteral(" Undo (Ctrl+Z) takes it all back.");
}

}  // namespace pimento
