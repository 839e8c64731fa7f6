// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <QJsonDocument>
#include <set>

#include "core/base/error.h"
#include "core/hardware/profile/junction.h"
#include "core/hardware/profile/parameters.h"
#include "core/hardware/profile/profile_json.h"
#include "core/hardware/profile/profiles.h"

using namespace pimento;

namespace {

const QString Place = QStringLiteral("test.json");

std::string problemOf(const QByteArray &json) {
  try {
    static_cast<void>(readProfile(json, Place));
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

QByteArray profileWith(const char *body) {
  return QByteArray(R"({"format": "pimento-accelerator", "version": 1, "name": "t")") + body + '}';
}

}  // namespace

TEST(Profile, roundTripKeepsEveryParameterAndSource) {
  for (const QString &name : builtInProfiles()) {
    const Accelerator a = builtInProfile(name);
    EXPECT_EQ(a.name, name);
    EXPECT_FALSE(a.title.isEmpty());
    const QByteArray bytes = writeProfile(a);
    EXPECT_EQ(readProfile(bytes, Place), a);
    EXPECT_EQ(writeProfile(readProfile(bytes, Place)), bytes);
  }
}

TEST(Profile, defaultProfileIsTheDefaultValues) {
  const Accelerator a = builtInProfile(builtInProfiles().front());
  EXPECT_EQ(hash(a), hash(Accelerator{}));
  EXPECT_NE(hash(builtInProfile(QStringLiteral("stt-mram"))), hash(a));
}

TEST(Profile, everyParameterChangesTheHashAndNamesDoNot) {
  const Accelerator base;
  Accelerator renamed = base;
  renamed.name = QStringLiteral("other");
  EXPECT_EQ(hash(renamed), hash(base));
  std::set<QString> keys;
  for (const Parameter &p : parameters()) {
    Accelerator a = base;
    const double before = p.get(a);
    if (!follows(base, p)) p.put(a, before == p.minimum ? p.maximum : p.minimum);
    if (follows(base, p)) p.put(a, before);  // to give it is a change already
    EXPECT_NE(hash(a), hash(base)) << p.key;
    EXPECT_TRUE(keys.insert(QString::fromLatin1(p.key)).second) << p.key;
    EXPECT_GE(before, p.minimum) << p.key;
    EXPECT_LE(before, p.maximum) << p.key;
    EXPECT_GT(std::string(p.source).size(), 5U) << p.key;
    EXPECT_GT(std::string(p.meaning).size(), 4U) << p.key;
  }
}

// RA and R_P are two forms of one value: each follows from the other and the junction's area, and both are too many.
TEST(Profile, resistanceFollowsFromAreaOrIsGiven) {
  const auto read = [](const char *body) { return readProfile(profileWith(body), Place); };
  constexpr double Area_um2 = 3.14159265358979 / 4 * 0.2 * 0.04;
  const Accelerator larger = read(R"(, "device": {"free_layer_length_nm": 200})");
  EXPECT_NEAR(parallelResistance_ohm(larger), 5000 * 90.0 / 200, 1e-6);
  const Accelerator thin = read(R"(, "device": {"free_layer_length_nm": 200}, "sensing": {"ra_ohm_um2": 5})");
  EXPECT_NEAR(parallelResistance_ohm(thin), 5 / Area_um2, 1e-6);
  const Accelerator given =
      read(R"(, "device": {"free_layer_length_nm": 200}, "sensing": {"parallel_resistance_ohm": 5000})");
  EXPECT_EQ(parallelResistance_ohm(given), 5000);
  EXPECT_NEAR(resistanceArea_ohm_um2(given), 5000 * Area_um2, 1e-9);
  for (const Accelerator &a : {larger, thin, given}) EXPECT_EQ(readProfile(writeProfile(a), Place), a);
  const std::string both = problemOf(profileWith(R"(, "sensing": {"ra_ohm_um2": 5, "parallel_resistance_ohm": 5000})"));
  EXPECT_NE(both.find("ra_ohm_um2"), std::string::npos) << both;
  EXPECT_NE(both.find("parallel_resistance_ohm"), std::string::npos) << both;
}

TEST(Profile, factorsByHandAreKeptAndFormerDefaultsFollow) {
  const auto device = [](const char *body) { return readProfile(profileWith(body), Place).device; };
  const Device hand =
      device(R"(, "device": {"demagnetisation_x": 0.0552, "demagnetisation_y": 0.0166, "demagnetisation_z": 0.9283})");
  EXPECT_EQ(hand.demagnetisation_x, 0.0552);
  const Device former =
      device(R"(, "device": {"demagnetisation_x": 0.0898, "demagnetisation_y": 0.0301, "demagnetisation_z": 0.8801})");
  EXPECT_EQ(former, Device{});
  Accelerator a;
  setParameter(a, QStringLiteral("demagnetisation_x=0.09"), Place);
  EXPECT_EQ(a.device.demagnetisation_x, 0.09);
  EXPECT_EQ(sourceOf(a, requireParameter(QStringLiteral("demagnetisation_x"), Place)), Place);
  setParameter(a, QStringLiteral("demagnetisation_x=follow"), Place);
  EXPECT_EQ(a, Accelerator{});
  EXPECT_THROW(setParameter(a, QStringLiteral("damping=follow"), Place), Error);
}

TEST(Profile, whatFollowsFromTheSizeFollowsInFormerFilesToo) {
  const Accelerator former = readProfile(profileWith(R"(, "device": {"demagnetisation_x": 0.0898,
      "demagnetisation_y": 0.0301, "demagnetisation_z": 0.8801, "heavy_metal_width_nm": 90, "heavy_metal_length_nm": 80},
      "sensing": {"parallel_resistance_ohm": 5000})"),
                                         Place);
  EXPECT_EQ(hash(former), hash(Accelerator{}));
  const Accelerator other = readProfile(profileWith(R"(, "device": {"demagnetisation_x": 0.0898,
      "demagnetisation_y": 0.0301, "demagnetisation_z": 0.8801, "heavy_metal_width_nm": 70},
      "sensing": {"parallel_resistance_ohm": 6000})"),
                                        Place);
  EXPECT_EQ(other.device.heavy_metal_width_nm, 70);
  EXPECT_EQ(other.sensing.parallel_resistance_ohm, 6000);
}

TEST(Profile, freeLayersWithoutAnEasyAxisAreRefused) {
  for (const char *body : {R"(, "device": {"free_layer_length_nm": 60, "free_layer_width_nm": 60})",
                           R"(, "device": {"free_layer_length_nm": 40, "free_layer_width_nm": 90})"}) {
    const std::string problem = problemOf(profileWith(body));
    EXPECT_NE(problem.find("free_layer_length_nm"), std::string::npos) << problem;
    EXPECT_NE(problem.find("no easy axis"), std::string::npos) << problem;
  }
}

TEST(Profile, changedValuesOfBuiltInProfilesSayWhereTheyAreFrom) {
  const Accelerator defaults;
  for (const QString &name : builtInProfiles()) {
    const Accelerator a = builtInProfile(name);
    for (const Parameter &p : parameters()) {
      if (follows(a, p) || (p.get(a) == p.get(defaults) && !follows(defaults, p))) continue;
      EXPECT_TRUE(a.sources.contains(QString::fromLatin1(p.key))) << name.toStdString() << " " << p.key;
    }
  }
}

TEST(Profile, unknownKeysNameTheClosest) {
  const std::string problem = problemOf(profileWith(R"(, "sensing": {"tmr_pc": 100})"));
  EXPECT_NE(problem.find("test.json"), std::string::npos);
  EXPECT_NE(problem.find("did you mean \"tmr_pct\""), std::string::npos) << problem;
  EXPECT_NE(problemOf(profileWith(R"(, "chips": {})")).find("did you mean \"chip\""), std::string::npos);
  EXPECT_NE(problemOf(profileWith(R"(, "chip": {"tmr_pct": 100})")).find("belongs to sensing"), std::string::npos);
  EXPECT_NE(problemOf(profileWith(R"(, "sources": {"nothing": "x"})")).find("unknown parameter"), std::string::npos);
}

TEST(Profile, outOfRangeNamesParameterValueAndRange) {
  const std::string problem = problemOf(profileWith(R"(, "sensing": {"tmr_pct": 1})"));
  EXPECT_NE(problem.find("tmr_pct = 1"), std::string::npos) << problem;
  EXPECT_NE(problem.find("5 to"), std::string::npos) << problem;
  EXPECT_NE(problemOf(profileWith(R"(, "array": {"rows": 256.5})")).find("whole number"), std::string::npos);
  EXPECT_NE(problemOf(profileWith(R"(, "schedule": {"dataflow": "pach"})")).find("did you mean \"patch\""),
            std::string::npos);
  EXPECT_NE(problemOf(profileWith(R"(, "device": {"demagnetisation_z": 0.5})")).find("add up to"), std::string::npos);
  EXPECT_NE(problemOf(profileWith(R"(, "schedule": {"write_back": "on", "dataflow": "latched"})")).find("latched"),
            std::string::npos);
  EXPECT_NE(problemOf(profileWith(R"(, "chip": {"capacity_mbit": 1, "banks": 1024})")).find("capacity_mbit"),
            std::string::npos);
}

TEST(Profile, hostileJsonIsRefusedInOneLine) {
  const std::vector<QByteArray> hostile{
      "",
      "null",
      "[]",
      "{",
      "\xff\xfe",
      R"({"format": "pimento-accelerator", "version": 2, "name": "t"})",
      R"({"format": "other", "version": 1, "name": "t"})",
      R"({"format": "pimento-accelerator", "version": 1})",
      profileWith(R"(, "sensing": 5)"),
      profileWith(R"(, "sensing": {"tmr_pct": "120"})"),
      profileWith(R"(, "sensing": {"tmr_pct": 1e400})"),
      profileWith(R"(, "schedule": {"dataflow": 0})"),
      profileWith(R"(, "sources": [])"),
      profileWith(R"(, "sources": {"tmr_pct": 3})"),
      profileWith(R"(, "title": 3)"),
      QByteArray(2 << 20, ' '),
      QByteArray("{\"format\": ") + QByteArray(100'000, '['),
      QByteArray(R"({"format": "pimento-accelerator", "version": 1, "name": ")") + QByteArray(5000, 'x') + "\"}",
  };
  for (const QByteArray &json : hostile) {
    const std::string problem = problemOf(json);
    EXPECT_FALSE(problem.empty()) << json.left(80).toStdString();
    EXPECT_EQ(problem.find('\n'), std::string::npos);
    EXPECT_LT(problem.size(), 4000U);
  }
  EXPECT_THROW(static_cast<void>(loadProfile(QStringLiteral("sot-mra"))), Error);
  EXPECT_THROW(static_cast<void>(loadProfile(QStringLiteral("/nowhere/x.json"))), Error);
}

TEST(Profile, assignmentsAreCheckedAndRecordTheirSource) {
  Accelerator a;
  const QString place = QStringLiteral("--set");
  setParameter(a, QStringLiteral("power_cap_w=1"), place);
  setParameter(a, QStringLiteral("packing=any"), place);
  for (const char *on : {"write_back=on", "write_back=true", "write_back=yes"}) {
    setParameter(a, QStringLiteral("write_back=false"), place);
    EXPECT_EQ(a.schedule.write_back, Toggle::Off);
    setParameter(a, QString::fromLatin1(on), place);
    EXPECT_EQ(a.schedule.write_back, Toggle::On) << on;
  }
  EXPECT_EQ(a.schedule.power_cap_w, 1);
  EXPECT_EQ(a.schedule.packing, Packing::Any);
  EXPECT_EQ(sourceOf(a, requireParameter(QStringLiteral("power_cap_w"), place)), place);
  EXPECT_EQ(kindOf(a, requireParameter(QStringLiteral("rows"), place)), Kind::Published);
  for (const char *bad : {"power_cap_w", "power_cap_w=", "power_cap_w=nan", "power_cap_w=0", "packing=1", "=3",
                          "rows=1e9", "power_cap=2"})
    EXPECT_THROW(setParameter(a, QString::fromLatin1(bad), place), Error) << bad;
  EXPECT_EQ(parameterReport(a).rows.size(), parameters().size());
}
