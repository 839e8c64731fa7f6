// SPDX-License-Identifier: GPL-3.0-or-later
// The table of parameters: what an accelerator can be told, in what range, and where each default is from.
#include <QByteArrayList>
#include <algorithm>
#include <array>
#include <type_traits>
#include <vector>

#include "core/hardware/device/geometry.h"
#include "core/hardware/profile/dataflows.h"
#include "core/hardware/profile/junction.h"
#include "core/hardware/profile/parameters.h"

namespace pimento {

namespace {

using Words = std::span<const char *const>;

constexpr std::array<const char *, 2> SenseModels{"physical", "nvsim"};
constexpr std::array<const char *, 3> NvsimRoadmaps{"lstp", "lop", "hp"};
constexpr std::array<const char *, 2> NvsimSensings{"current", "voltage"};
constexpr std::array<const char *, 3> Packings{"none", "power-of-two", "any"};
constexpr std::array<const char *, 2> Layouts{"own", "widest"};
constexpr std::array<const char *, 2> Expansions{"bank", "mat"};
constexpr std::array<const char *, 2> Requantisers{"dpu", "mat"};
constexpr std::array<const char *, 2> Overlaps{"phases", "pipelined"};
constexpr std::array<const char *, 2> Spans{"used", "chip"};
constexpr std::array<const char *, 2> Toggles{"off", "on"};

constexpr Kind Published = Kind::Published;
constexpr Kind Derived = Kind::Derived;
constexpr Kind Assumed = Kind::Estimated;

constexpr const char *CheckSet = "check set of the device model: a consistent field-free in-plane cell (chosen)";
constexpr const char *UtAustin = "UT Austin p-MTJ model: 5 kOhm, TMR 120 %, sigma 5 %";
constexpr const char *OpenNvram = "OpenNVRAM, FreePDK45, 2T1R SOT cell and periphery";
constexpr const char *FreePdk = "FreePDK45: metal 2 and 3, 70 nm wide";
constexpr const char *Cacti = "CACTI 5.1, HPL-2008-20: ITRS LSTP, 45 nm, at 1 V";
constexpr const char *Nvsim = "NVSim 6334d00, 256x512 sub-array and 64 MB bank at 45 nm";
constexpr const char *NvsimSample = "NVSim 6334d00, SOT_45.cell and its configurations";
constexpr const char *Aladdin = "Aladdin, 40 nm table of functional units and registers";
constexpr const char *Horowitz = "Horowitz, ISSCC 2014, 45 nm energies";
constexpr const char *Nangate = "Nangate 45 nm open cell library, typical corner";
constexpr const char *Papers = "dynamic-network paper and DECO: 512 Mb in 256x512 sub-arrays, 45 nm";
constexpr const char *Physical = "physical model: not calibrated";
constexpr const char *Choice = "choice of the schedule";

// Names of the rows of a table, for as long as the program runs.
template <auto Table>
Words namesOf() {
  static const std::vector<const char *> names = [] {
    std::vector<const char *> list;
    for (const auto &row : Table()) list.push_back(row->name);
    return list;
  }();
  return names;
}

// "sot: write current from …; fixed: …": what each row of a table means.
template <auto Table>
const char *meanings() {
  static const QByteArray text = [] {
    QByteArrayList all;
    for (const auto &row : Table()) all << QByteArray(row->name) + ": " + row->meaning;
    return all.join("; ");
  }();
  return text.constData();
}

// Accessors made from pointers to members: Part is a member of Accelerator, Member one of the part.
template <auto Part, auto Member>
double getter(const Accelerator &a) {
  return static_cast<double>((a.*Part).*Member);
}
template <auto Part, auto Member>
void putter(Accelerator &a, double value) {
  auto &member = (a.*Part).*Member;
  member = static_cast<std::remove_reference_t<decltype(member)>>(value);
}

// The same of a member that is a row of a table.
template <auto Part, auto Member, auto Table>
double rowGetter(const Accelerator &a) {
  const auto rows = Table();
  const auto at = std::find(rows.begin(), rows.end(), (a.*Part).*Member);
  return at == rows.end() ? -1 : static_cast<double>(at - rows.begin());
}
template <auto Part, auto Member, auto Table>
void rowPutter(Accelerator &a, double value) {
  (a.*Part).*Member = Table()[static_cast<std::size_t>(value)];
}
template <auto Part, auto Member>
const char *rowName(const Accelerator &a) {
  return ((a.*Part).*Member)->name;
}

struct About {
  Kind kind;
  const char *source;
  const char *meaning;
};

template <auto Part, auto Member>
Parameter number(const char *section, const char *key, const char *unit, double low, double high, About about) {
  const bool whole = std::is_integral_v<std::remove_reference_t<decltype((std::declval<Accelerator>().*Part).*Member)>>;
  return {section,
          key,
          unit,
          low,
          high,
          about.kind,
          about.source,
          about.meaning,
          whole,
          {},
          getter<Part, Member>,
          putter<Part, Member>};
}

// A choice among words, without its accessors.
Parameter choiceAmong(const char *section, const char *key, Words words, About about) {
  return {section,      key,           "",   0,    static_cast<double>(words.size() - 1), about.kind,
          about.source, about.meaning, true, words};
}

template <auto Part, auto Member>
Parameter word(const char *section, const char *key, Words words, About about) {
  Parameter p = choiceAmong(section, key, words, about);
  p.get = getter<Part, Member>;
  p.put = putter<Part, Member>;
  return p;
}

template <auto Part, auto Member, auto Table>
Parameter row(const char *section, const char *key, About about) {
  Parameter p = choiceAmong(section, key, namesOf<Table>(), about);
  p.get = rowGetter<Part, Member, Table>;
  p.put = rowPutter<Part, Member, Table>;
  p.word = rowName<Part, Member>;
  return p;
}

template <auto Member>
Parameter device(const char *key, const char *unit, double low, double high, About about) {
  return number<&Accelerator::device, Member>("device", key, unit, low, high, about);
}
template <auto Member>
Parameter sensing(const char *key, const char *unit, double low, double high, About about) {
  return number<&Accelerator::sensing, Member>("sensing", key, unit, low, high, about);
}
template <auto Member>
Parameter array(const char *key, const char *unit, double low, double high, About about) {
  return number<&Accelerator::array, Member>("array", key, unit, low, high, about);
}
template <auto Member>
Parameter chip(const char *key, const char *unit, double low, double high, About about) {
  return number<&Accelerator::chip, Member>("chip", key, unit, low, high, about);
}
template <auto Member>
Parameter schedule(const char *key, const char *unit, double low, double high, About about) {
  return number<&Accelerator::schedule, Member>("schedule", key, unit, low, high, about);
}
template <auto Member>
Parameter calibration(const char *key, double low, About about) {
  return number<&Accelerator::calibration, Member>("calibration", key, "x", low, 100, about);
}
template <auto Member>
Parameter choice(const char *key, Words words, const char *meaning) {
  return word<&Accelerator::schedule, Member>("schedule", key, words, {Assumed, Choice, meaning});
}

// A number of the device that follows from others unless it is given: `Holds` is what it is then or else.
template <std::optional<double> Device::*Member, auto Holds>
Parameter following(const char *key, const char *unit, double low, double high, About about) {
  Parameter p{"device", key, unit, low, high, about.kind, about.source, about.meaning, false, {}, nullptr, nullptr};
  p.get = [](const Accelerator &a) { return Holds(a.device); };
  p.put = [](Accelerator &a, double value) { a.device.*Member = value; };
  p.follows = [](const Accelerator &a) { return !(a.device.*Member).has_value(); };
  p.release = [](Accelerator &a) { (a.device.*Member).reset(); };
  return p;
}

void addDevice(std::vector<Parameter> &t) {
  using D = Device;
  t.push_back(row<&Accelerator::device, &D::write_model, writeModels>("device", "write_model",
                                                                      {Derived, CheckSet, meanings<writeModels>()}));
  t.push_back(device<&D::temperature_k>(
      "temperature_k", "K", 200, 450,
      {Assumed, "room temperature", "Temperature of the whole chip: magnet, transistors and their leakage."}));
  t.push_back(device<&D::free_layer_length_nm>("free_layer_length_nm", "nm", 10, 500,
                                               {Derived, CheckSet, "Free layer along its easy axis (y)."}));
  t.push_back(device<&D::free_layer_width_nm>("free_layer_width_nm", "nm", 10, 500,
                                              {Derived, CheckSet, "Free layer across its easy axis (x)."}));
  t.push_back(device<&D::free_layer_thickness_nm>("free_layer_thickness_nm", "nm", 0.5, 10,
                                                  {Derived, CheckSet, "Thickness of the free layer."}));
  t.push_back(
      device<&D::saturation_magnetisation_a_per_m>("saturation_magnetisation_a_per_m", "A/m", 1e5, 2e6,
                                                   {Derived, CheckSet, "Saturation magnetisation Ms at 300 K."}));
  t.push_back(device<&D::interface_anisotropy_j_per_m2>(
      "interface_anisotropy_j_per_m2", "J/m²", 0, 3e-3,
      {Derived, CheckSet, "Interface anisotropy Ki at 300 K; lowers the out-of-plane field."}));
  t.push_back(device<&D::curie_temperature_k>(
      "curie_temperature_k", "K", 500, 1e6,
      {Assumed, "assumption: 1,120 K, as compact models of CoFeB junctions take it",
       "Curie temperature in Bloch's law, by which Ms, Ki and TMR, given at 300 K, fall with the temperature; where "
       "nothing is magnetic as high as it goes."}));
  t.push_back(device<&D::damping>("damping", "", 1e-4, 0.5, {Derived, CheckSet, "Gilbert damping."}));
  const About shape{Derived, "elliptic cylinder of the free layer's size (Beleggia et al. 2005)",
                    "Demagnetising factor along the axis. It follows from the free layer's size; by hand all three are "
                    "given, add up to 1 and stay as they are."};
  t.push_back(following<&D::demagnetisation_x, [](const D &d) { return demagnetisingFactors(d).x; }>(
      "demagnetisation_x", "", 0, 1, shape));
  t.push_back(following<&D::demagnetisation_y, [](const D &d) { return demagnetisingFactors(d).y; }>(
      "demagnetisation_y", "", 0, 1, shape));
  t.push_back(following<&D::demagnetisation_z, [](const D &d) { return demagnetisingFactors(d).z; }>(
      "demagnetisation_z", "", 0, 1, shape));
  t.push_back(following<&D::heavy_metal_width_nm, heavyMetalWidth_nm>(
      "heavy_metal_width_nm", "nm", 10, 1000,
      {Derived, CheckSet, "Heavy metal across the current; if not given as wide as the free layer is long."}));
  t.push_back(following<&D::heavy_metal_length_nm, heavyMetalLength_nm>(
      "heavy_metal_length_nm", "nm", 10, 1000,
      {Derived, CheckSet,
       "Heavy metal along the current; if not given the free layer's width and 20 nm at each end."}));
  t.push_back(device<&D::heavy_metal_thickness_nm>("heavy_metal_thickness_nm", "nm", 0.5, 50,
                                                   {Derived, CheckSet, "Thickness of the heavy metal."}));
  t.push_back(device<&D::heavy_metal_resistivity_uohm_cm>(
      "heavy_metal_resistivity_uohm_cm", "µΩ·cm", 5, 2000,
      {Published, "UT Austin p-MTJ model: 200 µΩ·cm",
       "Its resistivity; published for beta-W 300, for beta-Ta 190 µΩ·cm."}));
  t.push_back(device<&D::heavy_metal_current_share>(
      "heavy_metal_current_share", "", 0.05, 1,
      {Derived, "check set of the device model: no shunting",
       "Share of the write current that flows in the metal; the free layer beside it shunts the rest."}));
  t.push_back(device<&D::spin_hall_angle>("spin_hall_angle", "", 0.01, 2,
                                          {Published, "Pai et al. 2012, beta-W: 0.30 +/- 0.02",
                                           "Spin Hall angle of the thick metal; published for beta-Ta 0.12."}));
  t.push_back(device<&D::spin_diffusion_length_nm>("spin_diffusion_length_nm", "nm", 0.1, 20,
                                                   {Derived, CheckSet, "Spin diffusion length in the metal."}));
  t.push_back(device<&D::bias_field_mt>(
      "bias_field_mt", "mT", 0, 200,
      {Derived, "check set of the device model: field-free",
       "Field along the current, without which a perpendicular free layer is not switched; 0 for one in the plane."}));
  t.push_back(device<&D::field_like_ratio>("field_like_ratio", "", -5, 5,
                                           {Derived, "check set of the device model: damping-like torque alone",
                                            "Field-like over damping-like spin-orbit torque. The equation of motion "
                                            "follows it, the closed formulas do not."}));
  t.push_back(device<&D::stt_assist_ua>(
      "stt_assist_ua", "µA", 0, 500,
      {Derived, "check set of the device model: no assist",
       "Current through the junction while it is written, whose spin-transfer torque pulls to the written state."}));
  t.push_back(device<&D::stt_polarisation>(
      "stt_polarisation", "", 0.01, 1,
      {Derived, "Julliere, TMR 120 %: sqrt(1.2 / 3.2)", "Spin polarisation of the assisting current."}));
  t.push_back(
      device<&D::write_pulse_ns>("write_pulse_ns", "ns", 0.2, 1e4, {Derived, CheckSet, "Length of a write pulse."}));
  t.push_back(device<&D::write_rise_ps>("write_rise_ps", "ps", 0, 1000,
                                        {Derived, CheckSet, "Rise of the write current, inside the pulse."}));
  t.push_back(device<&D::write_fall_ps>(
      "write_fall_ps", "ps", 0, 10000,
      {Derived, "check set of the device model: at once",
       "Fall of the write current, after the pulse; a perpendicular layer needs it to follow into its well."}));
  t.push_back(device<&D::write_error_target>(
      "write_error_target", "", 1e-15, 0.6,
      {Derived, "check set of the device model: 200 µA for 2 ns fails about once in 2,000 writes at 300 K",
       "Rate of failed writes: what the write current is chosen for (write_model sot), or as given (fixed)."}));
  t.push_back(device<&D::write_supply_v>("write_supply_v", "V", 0.1, 5,
                                         {Published, OpenNvram, "Supply that drives the write current."}));
  t.push_back(device<&D::fixed_write_current_ua>(
      "fixed_write_current_ua", "µA", 1e-3, 1e5,
      {Published, "NVSim's sample cells: 80 µA", "Write current where write_model is fixed."}));
  t.push_back(device<&D::fixed_stability>(
      "fixed_stability", "", 1, 200,
      {Assumed, "assumption: ten years for a storage memory", "Thermal stability factor where write_model is fixed."}));
  t.push_back(device<&D::retention_target>(
      "retention_target", "days", 0, 1e6,
      {Assumed, "assumption: weights are written anew once a day; a storage memory would ask for 3650",
       "Expected time until the first cell of the chip flips that a design must reach, or it is doubtful."}));
  t.push_back(device<&D::endurance_cycles>(
      "endurance_cycles", "", 1e3, 1e18,
      {Assumed, "assumption; imec reports above 1e15 for SOT", "Writes that a cell survives."}));
}

Parameter junctionForm(const char *key, const char *unit, double low, double high, const char *other,
                       double (*get)(const Accelerator &), void (*put)(Accelerator &, double),
                       bool (*follows)(const Accelerator &), About about) {
  Parameter p{"sensing", key, unit, low, high, about.kind, about.source, about.meaning, false, {}, get, put};
  p.follows = follows;
  p.otherForm = other;
  return p;
}

// Beside resistances, sizes and node, what NVSim's circuit is told of a cell and its transistors.
void addNvsim(std::vector<Parameter> &t) {
  using S = Sensing;
  t.push_back(word<&Accelerator::sensing, &S::nvsim_roadmap>(
      "sensing", "nvsim_roadmap", NvsimRoadmaps,
      {Published, NvsimSample,
       "With sense_model nvsim, the transistors: low standby power, low operating power, high performance."}));
  t.push_back(word<&Accelerator::sensing, &S::nvsim_sensing>(
      "sensing", "nvsim_sensing", NvsimSensings,
      {Published, NvsimSample,
       "With sense_model nvsim: current through a cell at nvsim_read_v, or voltage of its divider (without "
       "nvsim_read_v: at sense_current_ua)."}));
  t.push_back(sensing<&S::nvsim_read_v>("nvsim_read_v", "V", 0, 10,
                                        {Published, NvsimSample, "With sense_model nvsim: read voltage."}));
  t.push_back(sensing<&S::nvsim_read_power_uw>(
      "nvsim_read_power_uw", "µW", 0, 1e6,
      {Published, NvsimSample,
       "With sense_model nvsim: drawn by a cell while it is sensed, and again by its reference; 0: by its voltage and "
       "resistance."}));
  t.push_back(sensing<&S::nvsim_min_sense_mv>(
      "nvsim_min_sense_mv", "mV", 0.1, 1e4,
      {Published, NvsimSample, "With sense_model nvsim: what the latch can tell apart."}));
  t.push_back(sensing<&S::nvsim_access_drop_v>(
      "nvsim_access_drop_v", "V", 0, 5,
      {Published, NvsimSample, "With sense_model nvsim: part of the read voltage that the access transistor takes."}));
  t.push_back(sensing<&S::nvsim_access_width_f>(
      "nvsim_access_width_f", "F", 1e-3, 1000,
      {Published, NvsimSample, "With sense_model nvsim: width of the access transistor in feature sizes."}));
}

void addSensing(std::vector<Parameter> &t) {
  using S = Sensing;
  t.push_back(word<&Accelerator::sensing, &S::sense_model>("sensing", "sense_model", SenseModels,
                                                           {Derived, "settling of the divider against the reference",
                                                            "physical: time and energy from margin and offset; nvsim: "
                                                            "NVSim's circuit, TMR and access without effect"}));
  t.push_back(junctionForm("ra_ohm_um2", "Ω·µm²", 1e-3, 1e6, "parallel_resistance_ohm", resistanceArea_ohm_um2,
                           giveResistanceArea, [](const Accelerator &a) { return a.sensing.ra_ohm_um2 <= 0; },
                           {Derived, "5 kOhm (UT Austin p-MTJ model) on an ellipse of 90 x 40 nm",
                            "Resistance times area of the junction in its low state; the free layer's size divides "
                            "it. Or parallel_resistance_ohm, not both."}));
  t.push_back(junctionForm("parallel_resistance_ohm", "Ω", 100, 1e6, "ra_ohm_um2", parallelResistance_ohm,
                           giveParallelResistance, [](const Accelerator &a) { return a.sensing.ra_ohm_um2 > 0; },
                           {Published, UtAustin,
                            "Junction in its low state. It follows from ra_ohm_um2 and the free layer's size; given "
                            "instead of that, it stays as it is."}));
  t.push_back(sensing<&S::tmr_pct>("tmr_pct", "%", 5, 1e5,
                                   {Published, UtAustin, "High state over low state, less one, at 300 K."}));
  t.push_back(sensing<&S::tmr_half_voltage_mv>(
      "tmr_half_voltage_mv", "mV", 50, 1e6,
      {Assumed, "assumption: the TMR is that of the sense; published 500 mV (OpenNVRAM, tmr_v0)",
       "Voltage over the junction that halves its TMR, TMR / (1 + (V / V_h)²); as high as it goes: no dependence."}));
  t.push_back(sensing<&S::access_ohm>("access_ohm", "Ω", 0, 1e5,
                                      {Derived, "read transistor of 150 nm at 45 nm", "Access transistor, on."}));
  t.push_back(sensing<&S::sense_current_ua>(
      "sense_current_ua", "µA", 0.01, 500, {Derived, "below a tenth of the switching current", "Current of a sense."}));
  t.push_back(sensing<&S::sense_clamp_mv>(
      "sense_clamp_mv", "mV", 10, 5000,
      {Assumed, "assumption: the supply of the periphery", "Highest voltage that the sense current makes."}));
  t.push_back(sensing<&S::offset_mv>(
      "offset_mv", "mV", 0, 100,
      {Assumed, "assumption: minimum-size latch at 45 nm", "Standard deviation of the amplifier's offset."}));
  t.push_back(
      sensing<&S::sense_sigmas>("sense_sigmas", "σ", 0, 8,
                                {Assumed, "assumption: usual design rule of memories, six standard deviations",
                                 "The latch fires once half the margin is this many standard deviations of "
                                 "offset, noise and cells, or 95 % settled: fewer are faster and cost errors."}));
  t.push_back(sensing<&S::resistance_sigma_pct>(
      "resistance_sigma_pct", "%", 0, 30, {Assumed, "assumption", "Spread of the low resistance from cell to cell."}));
  t.push_back(sensing<&S::tmr_sigma_pct>("tmr_sigma_pct", "%", 0, 50,
                                         {Published, UtAustin, "Spread of the TMR from cell to cell."}));
  t.push_back(sensing<&S::access_sigma_pct>(
      "access_sigma_pct", "%", 0, 30,
      {Assumed, "assumption: in resistance_sigma_pct", "Spread of the access transistor from cell to cell."}));
  t.push_back(sensing<&S::latch_ns>("latch_ns", "ns", 0, 10,
                                    {Assumed, "assumption: five FO4 delays", "Regeneration of the latch."}));
  t.push_back(sensing<&S::latch_fj>("latch_fj", "fJ", 0, 1000,
                                    {Assumed, "assumption: 2 fF at 1 V", "Energy of the latch a column."}));
  addNvsim(t);
}

void addArray(std::vector<Parameter> &t) {
  using A = Array;
  t.push_back(array<&A::rows>("rows", "", 128, 4096, {Published, Papers, "Rows of a sub-array."}));
  t.push_back(array<&A::columns>("columns", "", 64, 8192, {Published, Papers, "Columns of a sub-array."}));
  t.push_back(array<&A::spare_columns>(
      "spare_columns", "", 0, 512,
      {Assumed, "assumption: no repair", "Further columns, which stand in for those with the largest offsets."}));
  t.push_back(array<&A::feature_nm>(
      "feature_nm", "nm", 10, 250,
      {Published, Papers,
       "Feature size F. Everything here is given at 45 nm and scales from there: lengths, capacitances and gate delays "
       "with F, areas with F², wires by their section. Planar nodes, 22 to 180 nm; others are flagged."}));
  t.push_back(array<&A::vdd_v>(
      "vdd_v", "V", 0.6, 3,
      {Published, Nvsim, "Supply of the periphery and the logic; delays and energies are given at 1 V and scale."}));
  t.push_back(array<&A::cell_width_um>("cell_width_um", "µm", 0.02, 10,
                                       {Published, OpenNvram, "Cell along the word line (184 F² with its height)."}));
  t.push_back(
      array<&A::cell_height_um>("cell_height_um", "µm", 0.02, 10, {Published, OpenNvram, "Cell along the bit line."}));
  t.push_back(array<&A::sense_line_ff_per_cell>(
      "sense_line_ff_per_cell", "fF", 0.001, 20,
      {Published, OpenNvram, "Line that the amplifier senses (its BR), a cell; that it is BR is an assumption."}));
  t.push_back(
      array<&A::write_line_ff_per_cell>("write_line_ff_per_cell", "fF", 0.001, 20,
                                        {Published, OpenNvram, "Line that carries the write (its BL), a cell."}));
  t.push_back(array<&A::read_word_line_ff_per_cell>("read_word_line_ff_per_cell", "fF", 0.001, 20,
                                                    {Published, OpenNvram, "Read word line a cell."}));
  t.push_back(array<&A::write_word_line_ff_per_cell>("write_word_line_ff_per_cell", "fF", 0.001, 20,
                                                     {Published, OpenNvram, "Write word line a cell."}));
  t.push_back(array<&A::line_width_nm>(
      "line_width_nm", "nm", 10, 1000,
      {Published, FreePdk, "Width of bit and word lines, copper twice as thick as wide; sets their resistance."}));
  t.push_back(array<&A::fo4_ps>("fo4_ps", "ps", 1, 500,
                                {Derived, Cacti, "Delay of an inverter of the periphery that drives four."}));
  t.push_back(array<&A::off_current_pa_per_um>(
      "off_current_pa_per_um", "pA/µm", 0, 1e6,
      {Published, Cacti, "Sub-threshold and gate leakage of the periphery at 300 K, by transistor width."}));
  t.push_back(array<&A::cell_leakage_pw>("cell_leakage_pw", "pW", 0, 1e6,
                                         {Derived, "a cell without supply", "Leakage of a cell that holds its bit."}));
  t.push_back(word<&Accelerator::array, &A::volatile_cells>(
      "array", "volatile_cells", Toggles,
      {Derived, "a magnetic cell keeps its bit without supply",
       "Cells lose their bit without supply: a sub-array that holds weights is never gated off."}));
  t.push_back(array<&A::write_transistor_um>(
      "write_transistor_um", "µm", 0.01, 10,
      {Published, OpenNvram, "Width of a cell's write transistors; what they carry limits the write current."}));
  t.push_back(array<&A::write_columns>(
      "write_columns", "", 1, 8192,
      {Derived, "0.2 mA a column: 512 at once would be 0.1 A", "Columns written in one step."}));
  t.push_back(array<&A::column_mux>(
      "column_mux", "", 1, 64,
      {Derived, "every column counts at once", "Columns that share an amplifier; a row takes as many senses."}));
  t.push_back(array<&A::sense_amplifier_um2>("sense_amplifier_um2", "µm²", 0, 1000,
                                             {Published, OpenNvram, "Plain sense amplifier, a column."}));
  t.push_back(array<&A::write_driver_um2>("write_driver_um2", "µm²", 0, 1000,
                                          {Published, OpenNvram, "Write driver, a column."}));
  t.push_back(array<&A::column_mux_um2>("column_mux_um2", "µm²", 0, 1000,
                                        {Published, OpenNvram, "Column multiplexer, a column."}));
  t.push_back(array<&A::full_adder_ps>("full_adder_ps", "ps", 1, 5000,
                                       {Assumed, "assumption: four FO4 delays", "One level of the bit counter."}));
  t.push_back(array<&A::full_adder_fj>("full_adder_fj", "fJ", 0, 1000,
                                       {Derived, "bit counter of 512 inputs: 1.9 pJ over 502 full adders",
                                        "Energy of a full adder in the bit counter."}));
  t.push_back(array<&A::full_adder_um2>(
      "full_adder_um2", "µm²", 0, 1000,
      {Derived, "bit counter of 512 inputs: 2,200 µm² over 502 full adders", "Area of a full adder."}));
  t.push_back(
      array<&A::shift_ns>("shift_ns", "ns", 0.001, 100, {Assumed, "assumption: five stages of 60 ps", "Shift."}));
  t.push_back(array<&A::shift_pj>("shift_pj", "pJ", 0, 100, {Published, Aladdin, "32-bit shift."}));
  t.push_back(array<&A::shift_um2>("shift_um2", "µm²", 0, 1e5, {Published, Aladdin, "32-bit shifter."}));
  t.push_back(array<&A::add_ns>("add_ns", "ns", 0.001, 100,
                                {Assumed, "assumption: 32-bit adder at 45 nm", "Addition into the accumulator."}));
  t.push_back(array<&A::add_pj>("add_pj", "pJ", 0, 100, {Published, Aladdin, "32-bit addition."}));
  t.push_back(array<&A::add_um2>("add_um2", "µm²", 0, 1e5, {Published, Aladdin, "32-bit adder."}));
  t.push_back(
      array<&A::register_bit_fj>("register_bit_fj", "fJ", 0, 1000, {Published, Aladdin, "Write of a register bit."}));
  t.push_back(array<&A::register_bit_um2>("register_bit_um2", "µm²", 0, 1000, {Published, Aladdin, "A register bit."}));
  t.push_back(array<&A::logic_and_fj>(
      "logic_and_fj", "fJ", 0, 100, {Assumed, "assumption: one AND gate at 1 V", "AND in logic (latched dataflow)."}));
  t.push_back(array<&A::logic_and_um2>("logic_and_um2", "µm²", 0, 100, {Published, Nangate, "AND2_X1."}));
  t.push_back(array<&A::sense_addon_um2>("sense_addon_um2", "µm²", 0, 1000,
                                         {Derived, "two NAND2_X1 of the Nangate library: reference selection",
                                          "Added to a sense amplifier for AND, OR and three-row senses."}));
  t.push_back(array<&A::decoder_addon_um2>("decoder_addon_um2", "µm²", 0, 1000,
                                           {Derived, "two transistors a word-line driver, half an INV_X1",
                                            "Added to a row's driver for several open rows."}));
  t.push_back(
      array<&A::control_um2>("control_um2", "µm²", 0, 1e5,
                             {Assumed, "assumption: 500 gates of 0.8 µm²", "Sequencer of a sub-array's logic."}));
  t.push_back(array<&A::logic_leakage_nw_per_um2>(
      "logic_leakage_nw_per_um2", "nW/µm²", 0, 1000,
      {Derived, "Nangate 45 nm open cell library: INV_X1 14.35 nW on 0.532 µm²",
       "Leakage of added logic and DPU while on, of a general-purpose process as their delays and energies are; the "
       "periphery is low standby power (off_current_pa_per_um). Logic in that process too would leak about 0.028."}));
}

void addChip(std::vector<Parameter> &t) {
  using C = Chip;
  t.push_back(chip<&C::capacity_mbit>("capacity_mbit", "Mbit", 1, 65536, {Published, Papers, "Capacity (2^20 bits)."}));
  t.push_back(chip<&C::banks>("banks", "", 1, 1024, {Assumed, "assumption: 32 Mb a bank", "Banks of the chip."}));
  t.push_back(
      chip<&C::subarrays_per_mat>("subarrays_per_mat", "", 1, 64, {Derived, Nvsim, "Sub-arrays of a mat (2x2)."}));
  t.push_back(chip<&C::wiring_area_factor>("wiring_area_factor", "x", 1, 5,
                                           {Derived, "NVSim 6334d00: 359.4 mm² over 4,096 sub-arrays of 0.0768 mm²",
                                            "Chip area over the area of its sub-arrays."}));
  t.push_back(
      chip<&C::global_wire_ff_per_um>("global_wire_ff_per_um", "fF/µm", 0.01, 10,
                                      {Assumed, "assumption: 0.2 fF/µm, global wires", "Capacitance of the H-tree."}));
  t.push_back(
      chip<&C::repeater_factor>("repeater_factor", "x", 1, 10,
                                {Assumed, "assumption: repeaters add 60 %", "Switched capacitance with repeaters."}));
  t.push_back(
      chip<&C::wire_activity>("wire_activity", "", 0.01, 2,
                              {Assumed, "assumption: half C V² a bit; random data that only rises would take a quarter",
                               "Energy of a bit sent over C V²."}));
  t.push_back(chip<&C::wire_ns_per_mm>("wire_ns_per_mm", "ns/mm", 0, 10,
                                       {Derived, "NVSim 6334d00: 5.25 ns over 19 mm", "Delay of repeated wires."}));
  t.push_back(chip<&C::image_ports>("image_ports", "", 1, 4096, {Assumed, "assumption", "Ports of the image banks."}));
  t.push_back(
      chip<&C::kernel_ports>("kernel_ports", "", 1, 4096, {Assumed, "assumption", "Ports of the kernel banks."}));
  t.push_back(chip<&C::bank_subarrays_per_port>("bank_subarrays_per_port", "", 1, 4096,
                                                {Assumed, "assumption: a row write lasts as long as eight port cycles",
                                                 "Sub-arrays that take turns at a port."}));
  t.push_back(chip<&C::port_width_bits>("port_width_bits", "bit", 1, 65536,
                                        {Derived, Nvsim, "Bits of a port: a row of a sub-array."}));
  t.push_back(chip<&C::port_cycle_ns>("port_cycle_ns", "ns", 0.05, 1000,
                                      {Assumed, "assumption: a read of a sub-array", "Time of one port access."}));
  t.push_back(chip<&C::dpu_lanes>("dpu_lanes", "", 1, 65536,
                                  {Assumed, "assumption", "Lanes of quantiser, batch norm and activation."}));
  t.push_back(chip<&C::dpu_clock_ghz>("dpu_clock_ghz", "GHz", 0.01, 10, {Assumed, "assumption", "Their clock."}));
  t.push_back(
      chip<&C::dpu_multiply_pj>("dpu_multiply_pj", "pJ", 0, 100, {Published, Horowitz, "32-bit multiplication."}));
  t.push_back(
      chip<&C::dpu_add_pj>("dpu_add_pj", "pJ", 0, 100, {Published, Horowitz, "32-bit addition or comparison."}));
  t.push_back(chip<&C::dpu_lane_um2>("dpu_lane_um2", "µm²", 0, 1e6,
                                     {Assumed, "assumption: 32-bit multiplier, adder, registers", "Area of a lane."}));
  t.push_back(chip<&C::expander_um2>(
      "expander_um2", "µm²", 0, 1e6,
      {Derived,
       "16,384 bits (three lines of 32 pixels in 16 channels of 8 bits, and two operand rows) of NVSim's SRAM "
       "cell, 146 F² at 45 nm, with as much again for its periphery",
       "Line buffer that expands a map into patches, one a mat (expansion = mat)."}));
  t.push_back(chip<&C::expander_fj_per_bit>(
      "expander_fj_per_bit", "fJ/bit", 0, 10000,
      {Derived,
       "Horowitz, ISSCC 2014: 5 pJ a 32-bit word of 8 KB SRAM at 45 nm, a quarter of that size by its square "
       "root",
       "A bit written into that buffer, and a bit read from it."}));
  t.push_back(chip<&C::mat_requantise_lanes>(
      "mat_requantise_lanes", "", 1, 1024,
      {Assumed, "assumption: one a sub-array", "Lanes of dpu_lane_um2 that requantise at a mat (requantise = mat)."}));
  t.push_back(chip<&C::gated_leakage_pct>("gated_leakage_pct", "%", 0, 100,
                                          {Assumed, "assumption: header switches", "Leakage left when gated off."}));
  t.push_back(chip<&C::wake_ns>("wake_ns", "ns", 0, 1e6, {Assumed, "assumption", "Waking a gated sub-array, time."}));
  t.push_back(chip<&C::wake_pj>("wake_pj", "pJ", 0, 1e6, {Assumed, "assumption", "Waking a gated sub-array, energy."}));
  t.push_back(chip<&C::offchip_pj_per_bit>("offchip_pj_per_bit", "pJ/bit", 0, 1000,
                                           {Published, "Horowitz, ISSCC 2014: DRAM 640 pJ a 32-bit word",
                                            "Fetch of a weight bit that does not fit on the chip."}));
  t.push_back(chip<&C::offchip_gb_per_s>(
      "offchip_gb_per_s", "GB/s", 0.01, 10000,
      {Assumed, "assumption: one LPDDR4-4266 channel, 16 bits wide", "Rate at which such weights arrive."}));
}

void addSchedule(std::vector<Parameter> &t) {
  using S = Schedule;
  t.push_back(row<&Accelerator::schedule, &S::dataflow, dataflows>("schedule", "dataflow",
                                                                   {Assumed, Choice, meanings<dataflows>()}));
  t.push_back(choice<&S::packing>("packing", Packings, "Width of the segments that short patches share a row in."));
  t.push_back(choice<&S::layout>("layout", Layouts,
                                 "own: a variant packs its rows for itself; widest: it keeps the rows of its network's "
                                 "widest variant, whose weights then stay where they are."));
  t.push_back(choice<&S::expansion>("expansion", Expansions, "Where a map is expanded into patches."));
  t.push_back(choice<&S::requantise>("requantise", Requantisers,
                                     "Results return at accumulator width (dpu) or at activation width (mat)."));
  t.push_back(choice<&S::column_gating>("column_gating", Toggles, "Switch off column groups that hold no data."));
  t.push_back(schedule<&S::gating_group_columns>("gating_group_columns", "", 1, 8192,
                                                 {Assumed, "assumption", "Columns that are gated together."}));
  t.push_back(choice<&S::write_back>(
      "write_back", Toggles, "Write AND results, counts and sums back to the array, as the papers' four regions do."));
  t.push_back(
      schedule<&S::scratch_rows>("scratch_rows", "", 0, 32, {Assumed, Choice, "Rows kept free in a sub-array."}));
  t.push_back(
      schedule<&S::power_cap_w>("power_cap_w", "W", 0.01, 10000,
                                {Assumed, "assumption: an edge device", "Power that the schedule may not exceed."}));
  t.push_back(choice<&S::overlap>("overlap", Overlaps,
                                  "Transport, arrays, returns and DPU one after another, or at the same time."));
  t.push_back(schedule<&S::batch>("batch", "", 1, 65536,
                                  {Assumed, Choice, "Images in flight, in different layers at the same time."}));
  t.push_back(choice<&S::transport_span>(
      "transport_span", Spans, "Wires of the banks that the network and its replicas lie in, or of the whole chip."));
  t.push_back(choice<&S::idle_gating>(
      "idle_gating", Toggles, "Adaptive sub-array pruning: sub-arrays that a layer does not use are gated off."));
}

void addCalibration(std::vector<Parameter> &t) {
  using F = CalibrationFactors;
  const About spread{Assumed, Physical,
                     "How far one more chip may lie from the factor, either way: 90 % prediction interval."};
  t.push_back(calibration<&F::read_energy_factor>(
      "read_energy_factor", 0.01, {Assumed, Physical, "On the energy of row operations that sense (read, AND2)."}));
  t.push_back(calibration<&F::read_energy_spread>("read_energy_spread", 1, spread));
  t.push_back(calibration<&F::read_time_factor>(
      "read_time_factor", 0.01, {Assumed, Physical, "On the time of row operations that sense (read, AND2)."}));
  t.push_back(calibration<&F::read_time_spread>("read_time_spread", 1, spread));
  t.push_back(calibration<&F::area_factor>(
      "area_factor", 0.01, {Assumed, Physical, "On the area of the plain memory; what computing adds stays."}));
  t.push_back(calibration<&F::area_spread>("area_spread", 1, spread));
}

std::vector<Parameter> makeTable() {
  std::vector<Parameter> table;
  addDevice(table);
  addSensing(table);
  addArray(table);
  addChip(table);
  addSchedule(table);
  addCalibration(table);
  return table;
}

}  // namespace

std::span<const Parameter> parameters() {
  static const std::vector<Parameter> table = makeTable();
  return table;
}

}  // namespace pimento
