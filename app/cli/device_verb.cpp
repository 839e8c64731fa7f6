// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/accelerator_option.h"
#include "app/cli/verbs.h"
#include "core/base/error.h"
#include "core/base/format.h"
#include "core/base/typed_number.h"
#include "core/hardware/device/retention.h"
#include "core/hardware/report/device_report.h"

namespace pimento {

namespace {

struct Range {
  double least;
  double most;
  const char *unit = "";
};

double numberIn(const VerbParser &parser, const QString &option, const QString &text, const Range &range) {
  const TypedNumber number = typedNumber(text);
  const auto value = number.value();
  if (value && *value >= range.least && *value <= range.most) return *value;
  const QString unit = QString::fromUtf8(range.unit);
  throw Error(parser.place(),
              value ? QStringLiteral("--%1 %2 is out of range").arg(option, text)
                    : QStringLiteral("--%1 %2 is not a number").arg(option, quoted(text)),
              !number.problem.isEmpty() ? number.problem
                                        : QStringLiteral("give %1 to %2%3")
                                              .arg(exactNumber(range.least), exactNumber(range.most),
                                                   unit.isEmpty() ? unit : QLatin1Char(' ') + unit));
}

double numberOption(const VerbParser &parser, const char *option, const Range &range) {
  const QString name = QString::fromLatin1(option);
  return numberIn(parser, name, parser.value(name), range);
}

std::vector<double> listOption(const VerbParser &parser, const char *option, const Range &range) {
  const QString name = QString::fromLatin1(option);
  std::vector<double> values;
  if (!parser.isSet(name) && parser.value(name).isEmpty()) return values;
  for (const QString &text : parser.value(name).split(QLatin1Char(',')))
    values.push_back(numberIn(parser, name, text.trimmed(), range));
  if (values.size() > 200)
    throw Error(parser.place(), QStringLiteral("--%1 has %2 values").arg(name).arg(values.size()),
                QStringLiteral("at most 200"));
  return values;
}

std::vector<double> pulsesOf(const VerbParser &parser, std::vector<double> otherwise) {
  return parser.isSet(QStringLiteral("pulses")) ? listOption(parser, "pulses", {0.05, 100, "ns"})
                                                : std::move(otherwise);
}

void addDeviceOptions(VerbParser &parser) {
  addAcceleratorOptions(parser);
  parser.option(QStringLiteral("temperature"), QStringLiteral("Temperature of the free layer."), QStringLiteral("K"));
  parser.option(QStringLiteral("switching"),
                QStringLiteral("Switching currents against the pulse: the first that switches, the one above which all "
                               "do, and the fitted formula that estimates use."));
  parser.option(QStringLiteral("failures"), QStringLiteral("Counts failed writes in thermal trials."));
  parser.option(QStringLiteral("pulses"),
                QStringLiteral("Pulses in ns (0.5,1,2,3,5,10; for --failures the device's own)."),
                QStringLiteral("A,B,..."));
  parser.option(QStringLiteral("currents"), QStringLiteral("Currents in µA for --failures (the write current)."),
                QStringLiteral("A,B,..."));
  parser.option(QStringLiteral("start"),
                QStringLiteral("Start of --switching off the easy axis: tilted out of the plane, or in-plane."),
                QStringLiteral("WORD"), QStringLiteral("tilted"));
  parser.option(QStringLiteral("trials"), QStringLiteral("Trials of --failures."), QStringLiteral("N"),
                QStringLiteral("5000"));
  parser.option(QStringLiteral("seed"), QStringLiteral("Seed of --failures."), QStringLiteral("S"),
                QStringLiteral("1"));
  parser.option(QStringLiteral("scrub-target"),
                QStringLiteral("Share of flipped cells that the scrub interval is given for."), QStringLiteral("RATE"),
                QString::number(ScrubTarget));
}

WriteStart startOf(const VerbParser &parser) {
  const QStringList words{QStringLiteral("tilted"), QStringLiteral("in-plane")};
  return static_cast<WriteStart>(words.indexOf(parser.choice(QStringLiteral("start"), words)));
}

ReportTable failuresOf(const VerbParser &parser, const Device &device) {
  return failureReport(device, pulsesOf(parser, {device.write_pulse_ns}),
                       listOption(parser, "currents", {0.1, 1e5, "µA"}),
                       static_cast<std::int64_t>(numberOption(parser, "trials", {1, 1e8})),
                       static_cast<std::uint64_t>(numberOption(parser, "seed", {0, 9e15})));
}

// Options that the table asked for would not look at.
void refuseUnusedDeviceOptions(const VerbParser &parser) {
  const QString switching = QStringLiteral("switching");
  const QString failures = QStringLiteral("failures");
  parser.needs(QStringLiteral("pulses"), {switching, failures});
  parser.needs(QStringLiteral("start"), {switching});
  for (const char *option : {"currents", "trials", "seed"}) parser.needs(QString::fromLatin1(option), {failures});
  parser.excludes(QStringLiteral("scrub-target"), {switching, failures});
}

constexpr ParameterOption TemperatureOption[] = {{"temperature", "temperature_k"}};

}  // namespace

int deviceVerb(const QStringList &arguments) {
  VerbParser parser(
      "device", {},
      QStringLiteral("The memory element: fields and stability, switching and write currents, energy and\n"
                     "retention of the whole chip, each with kind and source."));
  addDeviceOptions(parser);
  if (!parser.parse(arguments)) return 0;
  if (parser.isSet(QStringLiteral("switching")) && parser.isSet(QStringLiteral("failures")))
    throw Error(parser.place(), QStringLiteral("both --switching and --failures"), QStringLiteral("choose one"));
  refuseUnusedDeviceOptions(parser);
  const Accelerator accelerator = acceleratorFrom(parser, TemperatureOption);
  const Device &device = accelerator.device;
  if (parser.isSet(QStringLiteral("switching")))
    parser.print(switchingReport(device, pulsesOf(parser, {0.5, 1, 2, 3, 5, 10}), startOf(parser)));
  else if (parser.isSet(QStringLiteral("failures")))
    parser.print(failuresOf(parser, device));
  else
    parser.print(deviceReport(accelerator, numberOption(parser, "scrub-target", {1e-18, 0.5})));
  return 0;
}

}  // namespace pimento
