// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/families/network_library.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/network/counts.h"
#include "core/network/families/families.h"

using namespace pimento;

namespace {

Counts countsOf(const QString &name, const QString &variant) {
  const NetworkSpec network = libraryNetwork(name);
  return total(network, countLayers(network, findVariant(network, variant)));
}

std::string problemOf(const QByteArray &json) {
  try {
    static_cast<void>(readNetwork(json, QStringLiteral("test.json")));
  } catch (const Error &error) {
    return error.what();
  }
  return {};
}

QByteArray networkWith(const char *layers, const char *more = "") {
  return QByteArray(R"({"name": "t", "input": [1, 8, 8], "spaces": [{"width": 1}, {"width": 4}], "layers": [)"
                    R"({"name": "input", "op": "input", "space": 0})") +
         layers + "]" + more + "}";
}

}  // namespace

TEST(NetworkLibrary, countsAreThoseOfTheirPapers) {
  // LeNet-5: C1 28x28x6 of 25, C3 10x10x16 of 150, C5 120 of 400, then 120x84 and 84x10.
  EXPECT_EQ(countsOf(QStringLiteral("lenet5"), QStringLiteral("convolutions")).macs, 117'600 + 240'000 + 48'000);
  EXPECT_EQ(countsOf(QStringLiteral("lenet5"), QStringLiteral("whole")).macs, 405'600 + 10'080 + 840);
  EXPECT_EQ(countsOf(QStringLiteral("lenet5"), QStringLiteral("whole")).params, 61'706);
  EXPECT_EQ(countsOf(QStringLiteral("alexnet"), QStringLiteral("whole")).params, 61'100'840);  // torchvision
  EXPECT_EQ(countsOf(QStringLiteral("alexnet"), QStringLiteral("whole")).macs, 714'188'480);
  // MobileNets, table 8: 569 million multiply-adds, 4.2 million parameters.
  EXPECT_EQ(countsOf(QStringLiteral("mobilenetv1"), QStringLiteral("whole")).macs, 568'740'352);
  EXPECT_EQ(countsOf(QStringLiteral("mobilenetv1"), QStringLiteral("whole")).params, 4'231'976);
}

TEST(NetworkLibrary, namesItsSourcesAndServesMakeNetwork) {
  for (const QString &name : libraryNetworks()) {
    const NetworkSpec network = makeNetwork(name);
    EXPECT_EQ(network.name, name);
    EXPECT_GT(network.source.size(), 30) << name.toStdString();
    EXPECT_EQ(loadNetwork(name), network);
    EXPECT_THROW(static_cast<void>(makeNetwork(name, 10)), Error);
  }
  EXPECT_THROW(static_cast<void>(libraryNetwork(QStringLiteral("lenet"))), Error);
  EXPECT_THROW(static_cast<void>(makeNetwork(QStringLiteral("lenet"))), Error);
}

TEST(NetworkLibrary, readsFiles) {
  const NetworkSpec network = loadNetwork(QStringLiteral("tests/data/fuzz/fuzz_network/residual.json"));
  EXPECT_EQ(network.name, QStringLiteral("r"));
  EXPECT_EQ(network.variants.size(), 2U);
  EXPECT_THROW(static_cast<void>(loadNetwork(QStringLiteral("tests/data/fuzz/fuzz_network/residual.json"), 5)), Error);
  EXPECT_THROW(static_cast<void>(loadNetwork(QStringLiteral("/nowhere/x.json"))), Error);
  EXPECT_THROW(static_cast<void>(loadNetwork(QStringLiteral("tests/data"))), Error);
  const NetworkSpec plain = readNetwork(
      networkWith(R"(, {"name": "c", "op": "conv", "space": 1, "inputs": ["input"]})"), QStringLiteral("t"));
  ASSERT_EQ(plain.variants.size(), 1U);
  EXPECT_EQ(plain.variants.front().name, QStringLiteral("whole"));
  EXPECT_EQ(plain.variants.front().output, 1U);
}

TEST(NetworkLibrary, refusesHostileFilesInOneLine) {
  QByteArray many = R"(, "variants": [)";
  for (int i = 0; i < 10'001; ++i) many += QByteArray(i > 0 ? "," : "") + R"({"name": "v", "output": "input"})";
  many += "]";
  QByteArray heavy;
  QByteArray before = "input";
  for (int i = 0; i < 130; ++i) {  // each below 1e13
    const QByteArray name = "c" + QByteArray::number(i);
    heavy += R"(, {"name": ")" + name + R"(", "op": "conv", "space": 1, "kernel": 3, "padding": 1, "inputs": [")" +
             before + "\"]}";
    before = name;
  }
  const QByteArray large = R"({"name": "t", "input": [1, 900, 900], "spaces": [{"width": 1}, {"width": 1100}],)"
                           R"("layers": [{"name": "input", "op": "input", "space": 0})" +
                           heavy + "]}";
  const std::vector<QByteArray> hostile{
      "",
      "null",
      "[]",
      "{",
      "\xff\xfe",
      "{}",
      R"({"name": "t"})",
      networkWith(R"(, {"name": "input", "op": "input", "space": 0})"),
      networkWith(R"(, {"name": "c", "op": "conv", "space": 1, "inputs": ["c"]})"),
      networkWith(R"(, {"name": "c", "op": "conv", "space": 1, "inputs": ["input"], "kernel": 9})"),
      networkWith(R"(, {"name": "c", "op": "conv", "space": 1, "inputs": ["input"], "groups": 2})"),
      networkWith(R"(, {"name": "c", "op": "conv", "space": 2, "inputs": ["input"]})"),
      networkWith(R"(, {"name": "c\u0007", "op": "conv", "space": 1, "inputs": ["input"]})"),
      networkWith("", R"(, "variants": [{"name": "v", "output": "none"}])"),
      networkWith("", R"(, "variants": [{"name": "v", "output": "input", "kept": {"0": 5}}])"),
      networkWith("", R"(, "title": "a\nb")"),
      networkWith("", R"(, "title": "\ud800")"),
      networkWith("", many.constData()),
      large,
      QByteArray((4 << 20) + 1, ' '),
      QByteArray("{\"name\": ") + QByteArray(100'000, '['),
  };
  for (const QByteArray &json : hostile) {
    const std::string problem = problemOf(json);
    EXPECT_FALSE(problem.empty()) << json.left(120).toStdString();
    EXPECT_EQ(problem.find('\n'), std::string::npos);
    EXPECT_LT(problem.size(), 4000U);
  }
  EXPECT_NE(problemOf(large).find("1e15"), std::string::npos) << problemOf(large);
}
