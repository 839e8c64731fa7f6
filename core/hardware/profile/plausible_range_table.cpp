// SPDX-License-Identifier: GPL-3.0-or-later
// The table of what parameters may truly be, and of those that nobody is unsure of.
#include <array>

#include "core/hardware/profile/plausible_ranges.h"

namespace pimento {

namespace {

constexpr RangeShape Even = RangeShape::Uniform;
constexpr RangeShape Log = RangeShape::LogUniform;
constexpr RangeShape Peak = RangeShape::Triangular;

constexpr const char *Lithography =
    "assumption: means of a fabricated lot within 10 % of the drawn size (3 sigma of 3 nm on 90 nm)";
constexpr const char *Film = "assumption: films of one nanometre are grown to a tenth of it";
constexpr const char *HeavyMetal = "published for beta-Ta 190, beta-W 200 to 300 µΩ·cm (Pai 2012; UT Austin model)";
constexpr const char *Extraction =
    "assumption: parasitics of a layout within 25 % of the extracted ones of OpenNVRAM's cell";
constexpr const char *Library =
    "assumption: cells of one function differ by half between 45 nm libraries (Nangate, Aladdin, FreePDK45)";
constexpr const char *Energies =
    "Horowitz, ISSCC 2014, and Aladdin's table differ by up to two for the same 32-bit operation at 40 to 45 nm";
constexpr const char *LogicDelay = "assumption: slow and fast corner of a 45 nm process, 30 % to either side";
constexpr const char *CellDrawing = "between OpenNVRAM's 2T1R cell of 184 F² drawn by hand and one by tighter rules";

constexpr std::array Ranges{
    // The memory element.
    PlausibleRange{"free_layer_length_nm", 0.95, 1.05, Peak, Lithography},
    PlausibleRange{"free_layer_width_nm", 0.95, 1.05, Peak, Lithography},
    PlausibleRange{"free_layer_thickness_nm", 0.96, 1.04, Peak, Film},
    PlausibleRange{"saturation_magnetisation_a_per_m", 0.92, 1.08, Peak,
                   "CoFeB films: 0.9 to 1.2 MA/m (UT Austin and OpenNVRAM models)"},
    PlausibleRange{"interface_anisotropy_j_per_m2", 1.05, 0.95, Peak, "UT Austin p-MTJ model: sigma 5 % on Ki"},
    PlausibleRange{"damping", 0.6, 2.5, Log, "published for thin CoFeB on heavy metal: 0.008 to 0.03, models to 0.07"},
    PlausibleRange{"heavy_metal_width_nm", 0.95, 1.05, Peak, Lithography},
    PlausibleRange{"heavy_metal_length_nm", 0.95, 1.05, Peak, Lithography},
    PlausibleRange{"heavy_metal_thickness_nm", 0.9, 1.1, Peak, Film},
    PlausibleRange{"heavy_metal_resistivity_uohm_cm", 0.8, 1.5, Even, HeavyMetal},
    PlausibleRange{"heavy_metal_current_share", 1, 0.7, Even,
                   "OpenNVRAM: a share of 0.73 stays in the metal; none shunted is the best case"},
    PlausibleRange{"spin_hall_angle", 1.1, 0.6, Even,
                   "published: beta-W 0.30 +/- 0.02, beta-Ta 0.12 to 0.15 (Pai 2012)"},
    PlausibleRange{"spin_diffusion_length_nm", 0.7, 1.6, Even, "published for W and Ta: 1 to 2.5 nm"},
    PlausibleRange{"write_rise_ps", 0.5, 2, Log, "assumption: driver of one to four FO4 delays"},
    PlausibleRange{"write_fall_ps", 0.5, 2, Log, "assumption: as the rise"},
    PlausibleRange{"field_like_ratio", 1.5, 0.5, Even, "assumption: half to one and a half of what the profile states"},
    PlausibleRange{"stt_polarisation", 1.2, 0.8, Peak, "assumption: a fifth about the value"},
    PlausibleRange{"curie_temperature_k", 1.1, 0.9, Peak,
                   "assumption: 1,000 to 1,230 K, thin films below cobalt's 1,388 K"},
    PlausibleRange{"fixed_write_current_ua", 0.7, 1.5, Peak, "NVSim's sample cells and published STT: 49 to 120 µA"},
    PlausibleRange{"fixed_stability", 1.2, 0.75, Peak, "assumption: published storage cells lie at 45 to 80"},
    PlausibleRange{"endurance_cycles", 1000, 0.01, Log,
                   "published for SOT: 7e12 cycles on arrays, above 1e15 on devices (imec)"},
    // The read path.
    PlausibleRange{"ra_ohm_um2", 0.8, 1.25, Peak, "assumption: RA of a tunnel barrier grown to a tenth"},
    PlausibleRange{"parallel_resistance_ohm", 0.8, 1.25, Peak,
                   "assumption: RA of a tunnel barrier grown to a tenth, and the area of the junction"},
    PlausibleRange{"tmr_half_voltage_mv", 1.4, 0.7, Peak, "assumption: 350 to 700 mV about OpenNVRAM's 500 mV"},
    PlausibleRange{"access_sigma_pct", 0.5, 2, Log, "assumption: half to twice the threshold spread"},
    PlausibleRange{"tmr_pct", 1.4, 0.75, Even, "published for CoFeB/MgO junctions in arrays: 90 to 180 %"},
    PlausibleRange{"access_ohm", 0.7, 1.4, Peak, "assumption: slow and fast corner of the read transistor"},
    PlausibleRange{"offset_mv", 0.4, 2, Log, "assumption: from a cancelled offset to the smallest latch at 45 nm"},
    PlausibleRange{"resistance_sigma_pct", 0.5, 2.5, Log, "published spreads of R_P: 1 % (array) to 5 % (UT Austin)"},
    PlausibleRange{"tmr_sigma_pct", 0.4, 1.5, Peak, "published spreads of TMR: 2 % to 5 % (UT Austin)"},
    PlausibleRange{"latch_ns", 0.6, 2, Log, "assumption: three to ten FO4 delays, by the margin"},
    PlausibleRange{"latch_fj", 0.5, 4, Log, "assumption: 1 to 8 fF switched at 1 V"},
    // The sub-array.
    PlausibleRange{"cell_width_um", 0.8, 1.1, Peak, CellDrawing},
    PlausibleRange{"cell_height_um", 0.8, 1.1, Peak, CellDrawing},
    PlausibleRange{"sense_line_ff_per_cell", 0.75, 1.25, Peak, Extraction},
    PlausibleRange{"write_line_ff_per_cell", 0.75, 1.25, Peak, Extraction},
    PlausibleRange{"read_word_line_ff_per_cell", 0.75, 1.25, Peak, Extraction},
    PlausibleRange{"write_word_line_ff_per_cell", 0.75, 1.25, Peak, Extraction},
    PlausibleRange{"line_width_nm", 1.1, 0.9, Peak, Lithography},
    PlausibleRange{"fo4_ps", 0.5, 1.3, Even, "45 nm: 17 ps high performance to 40 ps low standby power (CACTI 5.1)"},
    PlausibleRange{"off_current_pa_per_um", 0.3, 10, Log, "CACTI 5.1: a decade between devices and corners"},
    PlausibleRange{"sense_amplifier_um2", 0.7, 2.5, Log, "OpenNVRAM's 2.37 µm² to amplifiers with matched pairs"},
    PlausibleRange{"write_driver_um2", 0.7, 1.6, Log, Library},
    PlausibleRange{"column_mux_um2", 0.7, 1.5, Log, Library},
    PlausibleRange{"full_adder_ps", 0.7, 1.4, Peak, LogicDelay},
    PlausibleRange{"full_adder_fj", 0.6, 1.8, Log, Library},
    PlausibleRange{"full_adder_um2", 0.8, 1.5, Log, Library},
    PlausibleRange{"shift_ns", 0.7, 1.4, Peak, LogicDelay},
    PlausibleRange{"shift_pj", 0.5, 1.5, Log, Energies},
    PlausibleRange{"shift_um2", 0.7, 1.5, Log, Library},
    PlausibleRange{"add_ns", 0.7, 1.4, Peak, LogicDelay},
    PlausibleRange{"add_pj", 0.5, 1.5, Log, Energies},
    PlausibleRange{"add_um2", 0.7, 1.5, Log, Library},
    PlausibleRange{"register_bit_fj", 0.5, 1.5, Log, Energies},
    PlausibleRange{"register_bit_um2", 0.75, 1.3, Log, Library},
    PlausibleRange{"logic_and_fj", 0.5, 3, Log, "assumption: a gate with short to long wires"},
    PlausibleRange{"logic_and_um2", 0.75, 1.5, Log, Library},
    PlausibleRange{"sense_addon_um2", 0.5, 3, Log, "from two gates to a second reference path"},
    PlausibleRange{"decoder_addon_um2", 0.7, 4, Log, "from half an inverter to a latch a word line"},
    PlausibleRange{"control_um2", 0.5, 3, Log, "assumption: 250 to 1,500 gates"},
    PlausibleRange{"expander_um2", 0.5, 2, Log, "assumption: half to twice the bits that the default counts"},
    PlausibleRange{"expander_fj_per_bit", 0.5, 2, Log, "assumption: a buffer of a quarter to four times the size"},
    PlausibleRange{"logic_leakage_nw_per_um2", 0.05, 1.5, Log,
                   "Nangate 45 nm, 27 nW/µm², to the same logic in a low-power process"},
    // What sub-arrays share.
    PlausibleRange{"wiring_area_factor", 0.9, 1.3, Peak, "NVSim's 1.14 to the 1.4 of macros with control and test"},
    PlausibleRange{"global_wire_ff_per_um", 0.8, 1.5, Peak, "global wires: 0.16 to 0.3 fF/µm (ITRS)"},
    PlausibleRange{"repeater_factor", 0.85, 1.3, Peak, "assumption: repeaters add 36 % to 108 %"},
    PlausibleRange{"wire_activity", 0.5, 1, Even, "random data that only rises takes a quarter of C V², others half"},
    PlausibleRange{"wire_ns_per_mm", 0.4, 1.3, Peak, "repeated wires at 45 nm: 0.1 to 0.36 ns/mm (NVSim, ITRS)"},
    PlausibleRange{"port_cycle_ns", 0.75, 2, Log, "assumption: 1.5 to 4 ns a port access"},
    PlausibleRange{"dpu_multiply_pj", 0.5, 1.5, Log, Energies},
    PlausibleRange{"dpu_add_pj", 0.7, 2.5, Log, Energies},
    PlausibleRange{"dpu_lane_um2", 0.6, 2, Log, Library},
    PlausibleRange{"gated_leakage_pct", 0.3, 3, Log, "published header switches leave 1 to 15 %"},
    PlausibleRange{"wake_ns", 0.3, 5, Log, "assumption: 3 to 50 ns, by the size of the gated block"},
    PlausibleRange{"wake_pj", 0.2, 5, Log, "assumption: charging the rail of a sub-array, 10 to 250 pJ"},
    PlausibleRange{"offchip_pj_per_bit", 0.2, 1.5, Log, "LPDDR4 at 4 pJ/bit to DDR3 at 20 to 30 (Horowitz)"},
};

constexpr std::array Certain{
    CertainParameter{"temperature_k", "an operating condition: state it"},
    CertainParameter{"demagnetisation_x", "follows from the shape of the free layer"},
    CertainParameter{"demagnetisation_y", "follows from the shape of the free layer"},
    CertainParameter{"demagnetisation_z", "follows from the shape of the free layer"},
    CertainParameter{"bias_field_mt", "a choice of the cell's designer"},
    CertainParameter{"stt_assist_ua", "a choice of the cell's designer"},
    CertainParameter{"write_pulse_ns", "a choice of the array's designer"},
    CertainParameter{"write_error_target", "a requirement"},
    CertainParameter{"write_supply_v", "a choice of the array's designer"},
    CertainParameter{"retention_target", "a requirement"},
    CertainParameter{"sense_current_ua", "a choice of the array's designer"},
    CertainParameter{"sense_clamp_mv", "a choice of the array's designer"},
    CertainParameter{"sense_sigmas", "a requirement"},
    CertainParameter{"nvsim_read_v", "an input of NVSim's circuit, as its files give it"},
    CertainParameter{"nvsim_read_power_uw", "an input of NVSim's circuit, as its files give it"},
    CertainParameter{"nvsim_min_sense_mv", "an input of NVSim's circuit, as its files give it"},
    CertainParameter{"nvsim_access_drop_v", "an input of NVSim's circuit, as its files give it"},
    CertainParameter{"nvsim_access_width_f", "an input of NVSim's circuit, as its files give it"},
    CertainParameter{"read_energy_factor", "of the calibration, which has an interval of its own"},
    CertainParameter{"read_energy_spread", "of the calibration, which has an interval of its own"},
    CertainParameter{"read_time_factor", "of the calibration, which has an interval of its own"},
    CertainParameter{"read_time_spread", "of the calibration, which has an interval of its own"},
    CertainParameter{"area_factor", "of the calibration, which has an interval of its own"},
    CertainParameter{"area_spread", "of the calibration, which has an interval of its own"},
    CertainParameter{"feature_nm", "a choice of the process"},
    CertainParameter{"vdd_v", "a choice of the supply"},
    CertainParameter{"cell_leakage_pw", "known: a cell without supply leaks nothing, one with it as its profile says"},
    CertainParameter{"write_transistor_um", "a choice of the cell's designer"},
    CertainParameter{"capacity_mbit", "a choice of the chip's designer"},
    CertainParameter{"dpu_clock_ghz", "a choice of the chip's designer"},
    CertainParameter{"offchip_gb_per_s", "a choice of the memory beside the chip"},
    CertainParameter{"power_cap_w", "a choice of the schedule"},
};

}  // namespace

std::span<const PlausibleRange> plausibleRanges() { return Ranges; }
std::span<const CertainParameter> certainParameters() { return Certain; }

}  // namespace pimento
