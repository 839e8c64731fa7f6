// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_json.h"

#include <gtest/gtest.h>

#include <QJsonArray>
#include <QJsonDocument>

#include "core/base/error.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {
const QString Place = QStringLiteral("test");

void refused(const QJsonObject &object, const char *part) {
  try {
    static_cast<void>(networkFromJson(object, Place));
    ADD_FAILURE() << "accepted: " << part;
  } catch (const Error &error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}
}  // namespace

TEST(NetworkJson, everyFamilyReadsBackEqual) {
  for (const Family &family : families()) {
    const NetworkSpec network = makeNetwork(QString::fromLatin1(family.name));
    const QByteArray bytes = QJsonDocument(toJson(network)).toJson(QJsonDocument::Compact);
    EXPECT_EQ(networkFromJson(QJsonDocument::fromJson(bytes).object(), Place), network) << family.name;
  }
}

TEST(NetworkJson, aLearnedMaskReadsBackEqual) {
  const NetworkSpec network = makeNetwork(QStringLiteral("resnet20-slimmable"));
  Variant variant = network.variants[1];
  variant.kept[2] = {3, {0, 2, 5}};
  EXPECT_EQ(variantFromJson(network, toJson(network, variant), Place), variant);
}

TEST(NetworkJson, namesWhatIsWrong) {
  const QJsonObject good = toJson(makeNetwork(QStringLiteral("resnet20-slimmable")));
  const auto withLayer = [&](int index, const QString &key, const QJsonValue &value) {
    QJsonObject object = good;
    QJsonArray layers = object.value(QStringLiteral("layers")).toArray();
    QJsonObject layer = layers[index].toObject();
    layer.insert(key, value);
    layers[index] = layer;
    object.insert(QStringLiteral("layers"), layers);
    return object;
  };
  refused(withLayer(1, QStringLiteral("kernal"), 3), "\"kernel\"");
  refused(withLayer(1, QStringLiteral("op"), QStringLiteral("conv3d")), "did you mean \"conv\"");
  refused(withLayer(1, QStringLiteral("kernel"), 1.5), "whole number");
  refused(withLayer(1, QStringLiteral("kernel"), QStringLiteral("3")), "whole number");
  refused(withLayer(1, QStringLiteral("stride"), 0), "1 to 255");
  refused(withLayer(1, QStringLiteral("inputs"), QJsonArray{QStringLiteral("fc")}), "not an earlier layer");
  refused(withLayer(1, QStringLiteral("space"), -1), "key \"space\": must be a whole number from 0");
  refused(withLayer(1, QStringLiteral("space"), 99), "channel space 99");
  refused({}, "input");
  QJsonObject noLayers = good;
  noLayers.insert(QStringLiteral("layers"), QJsonArray());
  refused(noLayers, "layers");
  QJsonObject wide = good;
  wide.insert(QStringLiteral("spaces"), QJsonArray{QJsonObject{{QStringLiteral("width"), 1'900'000'000}}});
  refused(wide, "space");
  wide.insert(QStringLiteral("spaces"), QJsonArray{QJsonObject{{QStringLiteral("width"), 1e300}}});
  refused(wide, "whole number");
}
