// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <span>

#include "core/base/row_of.h"

namespace pimento {

struct Device;
struct DeviceState;

// How a cell is written and how long it keeps what was written, in the terms that estimates, reports and charts know:
// they ask for these, and for no model by name. A model is a file of this folder (write_sot.cpp) and its row in
// write_model.cpp.
struct WriteModelTraits {
  const char *name;        // "sot": as profiles say it
  const char *meaning;     // for the help of write_model, behind the name
  const char *idleReason;  // why parameters of other models change nothing: "write current … are as given"
  std::span<const char *const> parameters;  // keys of those that only the models which list them read

  // The parameters describe a free layer (magnetics.h): there are an equation of motion, a switching curve and read
  // disturb. Else `noCurve` says, as a sentence, why there is none.
  bool freeLayer;
  const char *noCurve;

  // Where the numbers of a state come from: the method, and the keys of the parameters that give one as it is ("": it
  // is computed).
  const char *formula;
  const char *writeFormula;  // of the energy from the supply
  const char *currentKey;    // of the write current
  const char *errorRateKey;  // of the rate of failed writes
  const char *stabilityKey;  // of the thermal stability

  DeviceState (*state)(const Device &);  // all but write_ns and write_fj, which follow from it
  double (*switchingCurrent_ua)(const Device &, double pulse_ns);  // the first that switches, at zero temperature
  double (*errorRate)(const Device &);                             // of the device's own write
  void (*validate)(const Device &, const QString &place);  // throws Error for parameters that contradict each other
};

// The write model of a device, as a value.
class WriteModel : public RowOf<WriteModelTraits> {
 public:
  using RowOf::RowOf;
  static const WriteModel Sot;    // spin-orbit torque on one magnetic moment
  static const WriteModel Fixed;  // current, pulse and stability as given
};

extern const WriteModelTraits SotWrite;
extern const WriteModelTraits FixedWrite;
inline constexpr WriteModel WriteModel::Sot{SotWrite};
inline constexpr WriteModel WriteModel::Fixed{FixedWrite};

// Those that profiles can name.
[[nodiscard]] std::span<const WriteModel> writeModels();

}  // namespace pimento
