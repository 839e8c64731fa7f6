// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "core/hardware/sense/sense.h"
#include "core/hardware/sense/sense_errors.h"
#include "core/validate/checks.h"

namespace pimento {

namespace {

constexpr const char *SenseSource = "check set of the sense amplifier, computed by hand and by 20 million trials";

struct Row {
  SenseOp op;
  const char *id;
  const char *name;
  double theirs;
};

Sensing sensingOf(double tmr_pct) {
  Sensing s = withDevice("check").sensing;
  s.tmr_pct = tmr_pct;
  return s;
}

// Line and supply do not matter to margins and references.
SenseCost costOf(const Sensing &s, SenseOp op) { return physicalSense(s, op, 100, 1); }

void addMargins(Checks &checks, double tmr_pct, const std::initializer_list<Row> &rows) {
  for (const Row &row : rows)
    checks.push_back({.id = QString::fromLatin1(row.id),
                      .name = QString::fromUtf8(row.name),
                      .theirs = row.theirs,
                      .unit = "mV",
                      .tolerance = 0.01,
                      .source = SenseSource,
                      .compute = [op = row.op, tmr_pct](const std::stop_token &) {
                        return Ours{costOf(sensingOf(tmr_pct), op).margin_mv};
                      }});
}

void addReferences(Checks &checks, const std::initializer_list<Row> &rows) {
  for (const Row &row : rows)
    checks.push_back(
        {.id = QString::fromLatin1(row.id),
         .name = QString::fromUtf8(row.name),
         .theirs = row.theirs,
         .unit = "Ω",
         .tolerance = 0.001,
         .source = SenseSource,
         .compute = [op = row.op](const std::stop_token &) { return Ours{costOf(sensingOf(120), op).reference_ohm}; }});
}

// `trials`: of theirs, for the sampling error of a small rate.
void addErrors(Checks &checks, double offset_mv, double resistance_pct, double trials,
               const std::initializer_list<Row> &rows) {
  for (const Row &row : rows)
    checks.push_back({.id = QString::fromLatin1(row.id),
                      .name = QString::fromUtf8(row.name),
                      .theirs = row.theirs,
                      .tolerance = 0.05,
                      .source = SenseSource,
                      .compute = [=, op = row.op, theirs = row.theirs](const std::stop_token &) {
                        Sensing s = sensingOf(120);
                        s.offset_mv = offset_mv;
                        s.resistance_sigma_pct = resistance_pct;
                        s.tmr_sigma_pct = 5;
                        return Ours{headlineError(s, op), std::sqrt(theirs / trials)};
                      }});
}

}  // namespace

Checks senseChecks() {
  using enum SenseOp;
  Checks checks;
  addMargins(checks, 120,
             {{Read, "sense.margin.read", "READ margin", 120.0},
              {And2, "sense.margin.and2", "AND2 margin", 38.2},
              {Or2, "sense.margin.or2", "OR2 margin", 21.8},
              {And3, "sense.margin.and3", "AND3 margin", 18.7},
              {Majority, "sense.margin.maj", "MAJ margin", 12.4},
              {Or3, "sense.margin.or3", "OR3 margin", 8.9}});
  addReferences(checks, {{Read, "sense.reference.read", "READ reference", 11000},
                         {And2, "sense.reference.and2", "AND2 reference", 6045},
                         {Or2, "sense.reference.or2", "OR2 reference", 4545},
                         {And3, "sense.reference.and3", "AND3 reference", 4200},
                         {Majority, "sense.reference.maj", "MAJ reference", 3422},
                         {Or3, "sense.reference.or3", "OR3 reference", 2889}});
  addMargins(checks, 171,
             {{Read, "sense.high.read", "READ margin, TMR 171 %", 171.0},
              {And2, "sense.high.and2", "AND2 margin, TMR 171 %", 57.6},
              {Or2, "sense.high.or2", "OR2 margin, TMR 171 %", 27.9},
              {And3, "sense.high.and3", "AND3 margin, TMR 171 %", 29.0},
              {Majority, "sense.high.maj", "MAJ margin, TMR 171 %", 16.9},
              {Or3, "sense.high.or3", "OR3 margin, TMR 171 %", 11.1}});
  addErrors(checks, 5, 2, 20e6,
            {{And2, "sense.error.and2", "AND2 errors", 2.4e-4},
             {Or2, "sense.error.or2", "OR2 errors", 1.6e-2},
             {And3, "sense.error.and3", "AND3 errors", 3.5e-2},
             {Majority, "sense.error.maj", "MAJ errors", 1.1e-1},
             {Or3, "sense.error.or3", "OR3 errors", 1.9e-1}});
  addErrors(checks, 0, 5, 20e6,
            {{And2, "sense.spread.and2", "AND2 errors by cell spread of 5 % alone", 2.9e-6},
             {Or3, "sense.spread.or3", "OR3 errors by cell spread of 5 % alone", 9.2e-5}});
  return checks;
}

}  // namespace pimento
