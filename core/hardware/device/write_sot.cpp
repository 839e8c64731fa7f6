// SPDX-License-Identifier: GPL-3.0-or-later
// Spin-orbit torque on one magnetic moment: current, error rate and stability from the free layer and the heavy metal,
// by the closed formulas that stand for the equation of motion (switching_fit.h).
#include <numbers>

#include "core/base/error.h"
#include "core/base/format.h"
#include "core/hardware/device/device.h"
#include "core/hardware/device/geometry.h"
#include "core/hardware/device/magnetics.h"
#include "core/hardware/device/switching_fit.h"

namespace pimento {

namespace {

double sotSwitching_ua(const Device &d, double pulse_ns) {
  const Magnetics m = magneticsOf(d);
  if (m.axis() == EasyAxis::Z) return instability_ua(m);
  return currentFor_ua(m, firstOverdrive(reducedWrite(d, m, pulse_ns)));
}

DeviceState sotState(const Device &d) {
  DeviceState s;
  s.write_pulse_ns = d.write_pulse_ns;
  const Magnetics m = magneticsOf(d);
  s.in_plane_field_a_per_m = m.hx_a_per_m;
  s.out_of_plane_field_a_per_m = m.hz_a_per_m;
  s.stability = m.stability();
  s.effective_spin_hall_angle = m.spin_hall_angle;
  s.metal_ohm = heavyMetal_ohm(d);
  s.instability_ua = instability_ua(m);
  s.switching_ua = sotSwitching_ua(d, d.write_pulse_ns);
  s.write_current_ua = writeCurrent_ua(d, d.write_pulse_ns, d.write_error_target);
  s.metal_fj = writeEnergy(d, s.write_current_ua, d.write_pulse_ns).metal_fj;
  return s;
}

double sotErrorRate(const Device &d) {
  return writeErrorRate(d, writeCurrent_ua(d, d.write_pulse_ns, d.write_error_target), d.write_pulse_ns);
}

// A layer in the plane needs its long axis along y.
void requireEasyAxis(const Device &d, const QString &place) {
  const DemagnetisingFactors n = demagnetisingFactors(d);
  if (n.x > n.y) return;
  if (demagnetisedByHand(d))
    throw Error(place, QStringLiteral("demagnetisation_x is not above demagnetisation_y"),
                QStringLiteral("y is the easy axis, with the smallest factor"));
  throw Error(place,
              QStringLiteral("free_layer_length_nm = %1 is not above free_layer_width_nm = %2: the free layer has no "
                             "easy axis along its length")
                  .arg(fourDigits(d.free_layer_length_nm), fourDigits(d.free_layer_width_nm)),
              QStringLiteral("a longer or narrower one, or interface_anisotropy_j_per_m2 for a perpendicular one"));
}

// The equation of motion knows an easy axis along y, or along z with a field that breaks the symmetry.
void validateFreeLayer(const Device &d, const QString &place) {
  const Magnetics m = magneticsOf(d);
  const bool perpendicular = m.axis() == EasyAxis::Z;
  if (!perpendicular) requireEasyAxis(d, place);
  if (!perpendicular && d.bias_field_mt != 0)
    throw Error(place, QStringLiteral("bias_field_mt = %1 with an easy axis in the plane").arg(d.bias_field_mt),
                QStringLiteral("it is switched without a field: 0"));
  if (perpendicular && d.bias_field_mt == 0 && d.stt_assist_ua == 0)
    throw Error(
        place,
        QStringLiteral("the free layer is perpendicular (Hz = %1 A/m), which this torque does not switch")
            .arg(fourDigits(m.hz_a_per_m)),
        QStringLiteral("a bias_field_mt, a stt_assist_ua, less interface_anisotropy_j_per_m2, or write_model fixed"));
  if (m.barrier_a_per_m() <= 0)
    throw Error(place, QStringLiteral("the free layer has no two stable states"),
                QStringLiteral("another shape, or a smaller bias_field_mt"));
  if (instability_ua(m) <= 0)
    throw Error(place, QStringLiteral("bias_field_mt = %1 leaves the current nothing to overcome").arg(d.bias_field_mt),
                QStringLiteral("give less than %1")
                    .arg(fourDigits(m.stiffness_u() * VacuumPermeability * 1e3 / std::numbers::sqrt2)));
}

constexpr const char *OfTheCell[] = {"free_layer_length_nm",
                                     "free_layer_width_nm",
                                     "free_layer_thickness_nm",
                                     "saturation_magnetisation_a_per_m",
                                     "interface_anisotropy_j_per_m2",
                                     "damping",
                                     "demagnetisation_x",
                                     "demagnetisation_y",
                                     "demagnetisation_z",
                                     "heavy_metal_width_nm",
                                     "heavy_metal_length_nm",
                                     "heavy_metal_thickness_nm",
                                     "heavy_metal_resistivity_uohm_cm",
                                     "heavy_metal_current_share",
                                     "spin_hall_angle",
                                     "spin_diffusion_length_nm",
                                     "bias_field_mt",
                                     "stt_polarisation",
                                     "field_like_ratio",
                                     "write_rise_ps"};

}  // namespace

constinit const WriteModelTraits SotWrite{.name = "sot",
                                          .meaning = "write current from the macrospin model",
                                          .idleReason = "write current and stability are computed from the cell",
                                          .parameters = OfTheCell,
                                          .freeLayer = true,
                                          .noCurve = "",
                                          .formula = "macrospin, fitted formula",
                                          .writeFormula = "macrospin, fitted formula",
                                          .currentKey = "",
                                          .errorRateKey = "",
                                          .stabilityKey = "",
                                          .state = sotState,
                                          .switchingCurrent_ua = sotSwitching_ua,
                                          .errorRate = sotErrorRate,
                                          .validate = validateFreeLayer};

}  // namespace pimento
