// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/json_form.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace pimento {

namespace {

struct Wheel {
  double radius_mm = 300;
  bool spare = false;
  bool operator==(const Wheel &) const = default;
};

enum class Fuel : std::uint8_t { None, Diesel };

struct Cart {
  QString name;
  Fuel fuel = Fuel::None;
  int seats = 2;
  std::optional<int> doors;
  std::optional<Wheel> reserve;
  std::vector<Wheel> wheels;
  bool operator==(const Cart &) const = default;
};

const QString Place = QStringLiteral("cart");

}  // namespace

static void describe(JsonForm &form, Wheel &wheel) {
  form.number("radius_mm", wheel.radius_mm, 1, 1000, JsonForm::Required);
  form.flag("spare", wheel.spare, JsonForm::Sparse);
}

static void describe(JsonForm &form, Cart &cart) {
  form.line("name", cart.name, 10, JsonForm::Required);
  form.word("fuel", cart.fuel, {QStringLiteral("none"), QStringLiteral("diesel")}, JsonForm::Sparse);
  form.whole("seats", cart.seats, 1, 9);
  form.whole("doors", cart.doors, 0, 5);
  form.part("reserve", cart.reserve);
  form.parts("wheels", cart.wheels, 4);
}

namespace {

std::string errorOf(const QJsonObject &json) {
  try {
    static_cast<void>(readForm<Cart>(json, Place));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

QJsonObject named(QJsonObject json) {
  json[QStringLiteral("name")] = QStringLiteral("a");
  return json;
}

}  // namespace

TEST(JsonForm, readsWhatItWrites) {
  const Cart cart{QStringLiteral("van"), Fuel::Diesel, 3, 4, Wheel{250, true}, {Wheel{}, Wheel{280, false}}};
  EXPECT_EQ(readForm<Cart>(writtenForm(cart), Place), cart);
}

TEST(JsonForm, writesSparseMembersWhereTheyAreNotThoseByDefault) {
  const QJsonObject bare = writtenForm(Cart{.name = QStringLiteral("a")});
  EXPECT_EQ(bare.keys(), (QStringList{QStringLiteral("name"), QStringLiteral("seats"), QStringLiteral("wheels")}));
  EXPECT_TRUE(writtenForm(Cart{.fuel = Fuel::Diesel}).contains(QStringLiteral("fuel")));
  EXPECT_EQ(readForm<Cart>(named({}), Place), Cart{.name = QStringLiteral("a")}) << "absent keys are those by default";
}

TEST(JsonForm, namesThePlaceOfWhatIsWrong) {
  EXPECT_EQ(errorOf({}), "cart, key \"name\": is missing");
  EXPECT_NE(errorOf(named({{QStringLiteral("seat"), 1}})).find("did you mean \"seats\""), std::string::npos);
  EXPECT_NE(errorOf(named({{QStringLiteral("seats"), 10}})).find("cart, key \"seats\""), std::string::npos);
  EXPECT_NE(errorOf(named({{QStringLiteral("fuel"), QStringLiteral("disel")}})).find("did you mean \"diesel\""),
            std::string::npos);
  const QJsonObject good{{QStringLiteral("radius_mm"), 5}};
  EXPECT_EQ(errorOf(named({{QStringLiteral("wheels"), QJsonArray{good, QJsonObject()}}})),
            "cart, wheels 2, key \"radius_mm\": is missing");
  EXPECT_EQ(errorOf(named({{QStringLiteral("reserve"), QJsonObject()}})),
            "cart, reserve, key \"radius_mm\": is missing");
  EXPECT_NE(errorOf(named({{QStringLiteral("wheels"), QJsonArray{good, good, good, good, good}}})).find("more than 4"),
            std::string::npos);
  EXPECT_NE(errorOf({{QStringLiteral("name"), QStringLiteral("a\nb")}}).find("one line"), std::string::npos);
}

}  // namespace pimento
