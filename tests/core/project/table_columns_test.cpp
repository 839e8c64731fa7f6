// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/table_columns.h"

#include <gtest/gtest.h>

#include <QJsonDocument>

#include "core/base/error.h"
#include "tests/core/project/sample_projects.h"

using namespace pimento;

namespace {

const QString Place = QStringLiteral("table \"t\"");

std::string errorOf(const QByteArray &definition, std::vector<Tensor> tensors = {}) {
  try {
    static_cast<void>(tableOf({QJsonDocument::fromJson(definition).object(), std::move(tensors)}, Place));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

QByteArray withColumns(const QByteArray &columns) {
  return "{\"names\": [\"\", \"n\"], \"provenances\": [{\"kind\": \"published\", \"source\": \"s\"}], \"columns\": {" +
         columns + "}}";
}

void expectRefused(const QByteArray &columns, const std::string &error) {
  EXPECT_EQ(errorOf(withColumns(columns)), "table \"t\"" + error);
}

}  // namespace

TEST(TableColumns, giveTheTableBack) {
  for (const std::uint32_t rows : {0U, 1U, 17U, 2000U})
    for (const ColumnStorage storage : {ColumnStorage::Lists, ColumnStorage::Tensors}) {
      const DesignTable table = sampleTable(rows);
      EXPECT_TRUE(tableOf(columnsOf(table, storage), Place).sameAs(table)) << rows;
    }
}

TEST(TableColumns, areAsNarrowAsTheirValues) {
  const TableColumns columns = columnsOf(sampleTable(2000), ColumnStorage::Tensors);
  const auto type = [&](const char *name) -> std::optional<TensorType> {
    for (const Tensor &tensor : columns.tensors)
      if (tensor.name == QLatin1String(name)) return tensor.type;
    return std::nullopt;
  };
  EXPECT_EQ(type("network"), TensorType::U8);
  EXPECT_EQ(type("variant"), TensorType::U16);
  EXPECT_EQ(type("energy_uj"), TensorType::F64);
  EXPECT_EQ(type("energy_from"), TensorType::U8);
  EXPECT_FALSE(type("power_w")) << "one value for all rows";
  EXPECT_FALSE(type("accuracy_from")) << "one provenance for all rows";
  EXPECT_EQ(columns.definition[QStringLiteral("columns")][QStringLiteral("power_w")].toDouble(), 1.5);
}

TEST(TableColumns, nameTheColumnAndRowOfWhatIsWrong) {
  EXPECT_EQ(errorOf(withColumns("\"network\": [1, 1], \"energy_uj\": [1, null]")), "no error");
  expectRefused("\"network\": 1", ", column network: must have a value for each row");
  expectRefused("\"network\": [1, 2]", ", column network: row 2 is not a whole number from 0 to 1");
  expectRefused("\"network\": [1, 0.5]", ", column network: row 2 is not a whole number from 0 to 1");
  expectRefused("\"network\": [1, null]", ", column network: row 2 is not a whole number from 0 to 1");
  expectRefused("\"network\": [1], \"scope\": 2", ", column scope: row 1 is not a whole number from 0 to 1");
  expectRefused("\"network\": [1], \"bits_w\": 256", ", column bits_w: row 1 is not a whole number from 0 to 255");
  expectRefused("\"network\": [1], \"energy_uj\": [1, 2]", ", column energy_uj: has 2 rows where the table has 1");
  expectRefused("\"network\": [1], \"energy_uj\": \"x\"", ", column energy_uj: must be a number or a list of numbers");
  expectRefused("\"network\": [1], \"energy_uj\": [\"x\"]", ", column energy_uj: row 1 is not a number");
  expectRefused("\"network\": [1], \"energy_uj\": [1], \"energy_from\": [1]",
                ", column energy_from: row 1 is not a whole number from 0 to 0");
  EXPECT_NE(errorOf(withColumns("\"networks\": [1]")).find("unknown column \"networks\"; did you mean \"network\"?"),
            std::string::npos);
  EXPECT_NE(errorOf("{\"names\": [\"x\"]}").find("must begin with"), std::string::npos);
  EXPECT_NE(errorOf("{\"names\": [\"\"], \"provenances\": [{\"kind\": \"guessed\"}]}").find("is no kind"),
            std::string::npos);
  EXPECT_NE(errorOf("{\"names\": [\"\"], \"columns\": {\"network\": [0], \"area_mm2\": 1}}").find("no provenances"),
            std::string::npos);
}

TEST(TableColumns, refuseTensorsThatDoNotFit) {
  const Tensor network{QStringLiteral("network"), TensorType::U8, {2}, QByteArray("\1\1", 2)};
  const QByteArray none = withColumns("");
  EXPECT_EQ(errorOf(none, {network}), "no error");
  Tensor square = network;
  square.shape = {1, 2};
  EXPECT_NE(errorOf(none, {square}).find("has 2 dimensions"), std::string::npos);
  Tensor floats = network;
  floats.type = TensorType::F16;
  floats.shape = {1};
  EXPECT_NE(errorOf(none, {floats}).find("is of type F16"), std::string::npos);
  EXPECT_NE(errorOf(withColumns("\"network\": [1, 1]"), {network}).find("is there twice"), std::string::npos);
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_NE(errorOf(none, {network, makeTensor<double>(QStringLiteral("area_mm2"), std::array{1.0, infinite})})
                .find("column area_mm2: row 2 is not finite"),
            std::string::npos);
}

TEST(TableColumns, keepIntervals) {
  DesignTable table;
  const auto row = table.append({.network = table.intern(QStringLiteral("n"))});
  const Provenance from{.kind = Kind::Estimated, .source = QStringLiteral("s"), .interval = Interval{2, 9}};
  table.set(row, Metric::Energy, 5, table.intern(from));
  const DesignTable back = tableOf(columnsOf(table, ColumnStorage::Lists), Place);
  EXPECT_TRUE(back.sameAs(table));
  EXPECT_EQ(back.at(0, Metric::Energy)->interval, (Interval{2, 9}));
  for (const char *bad : {"5", "[2]", "[9, 2]", "[2, \"9\"]"})
    EXPECT_NE(errorOf(QByteArray("{\"names\": [\"\"], \"provenances\": [{\"kind\": \"estimated\", \"source\": "
                                 "\"s\", \"interval\": ") +
                      bad + "}], \"columns\": {\"network\": []}}"),
              "no error")
        << bad;
}

TEST(TableColumns, keepValidities) {
  DesignTable table = sampleTable(17);
  EXPECT_FALSE(columnsOf(table, ColumnStorage::Lists).definition.contains(QStringLiteral("validity_reasons")))
      << "a table of valid designs is written as before";
  table.setValidity(3, Validity::Invalid, QStringLiteral("errs"));
  table.setValidity(4, Validity::Doubtful, QStringLiteral("fades"));
  table.setValidity(9, Validity::Invalid, QStringLiteral("errs"));
  for (const ColumnStorage storage : {ColumnStorage::Lists, ColumnStorage::Tensors}) {
    const DesignTable back = tableOf(columnsOf(table, storage), Place);
    EXPECT_TRUE(back.sameAs(table));
    EXPECT_EQ(back.validity(9), Validity::Invalid);
    EXPECT_EQ(back.validityReason(4), QStringLiteral("fades"));
  }
  expectRefused("\"network\": [0, 1], \"validity\": [0, 3]",
                ", column validity: row 2 is not a whole number from 0 to 2");
  expectRefused("\"network\": [0, 1], \"validity\": [0, 1], \"validity_reason\": 1",
                ", column validity_reason: row 1 is not a whole number from 0 to 0");
}
