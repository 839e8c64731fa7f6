// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files/safetensors.h"

#include <gtest/gtest.h>

#include <QtEndian>
#include <array>

#include "core/base/error.h"

using namespace pimento;

namespace {

const QString Place = QStringLiteral("w.safetensors");

QByteArray fileOf(const QByteArray &header, qsizetype dataBytes) {
  QByteArray file(8, '\0');
  qToLittleEndian<quint64>(static_cast<quint64>(header.size()), file.data());
  return file + header + QByteArray(dataBytes, '\x01');
}

std::string errorOf(const QByteArray &file, const SafeTensorsLimits &limits = {}) {
  try {
    static_cast<void>(readSafeTensors(file, Place, limits));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

void expectRefused(const QByteArray &file, const std::string &text) {
  const std::string error = errorOf(file);
  EXPECT_EQ(error.find("w.safetensors"), 0U) << error;
  EXPECT_NE(error.find(text), std::string::npos) << error;
}

QByteArray entry(const char *name, const char *type, const char *shape, int begin, int end) {
  return QStringLiteral("\"%1\":{\"dtype\":\"%2\",\"shape\":[%3],\"data_offsets\":[%4,%5]}")
      .arg(QLatin1String(name), QLatin1String(type), QLatin1String(shape))
      .arg(begin)
      .arg(end)
      .toUtf8();
}

}  // namespace

TEST(SafeTensors, readBackAsWritten) {
  SafeTensors content;
  content.metadata[QStringLiteral("format")] = QStringLiteral("pt µ\"");
  content.tensors = {makeTensor<double>(QStringLiteral("a"), std::array{0.1, -1e300}),
                     makeTensor<float>(QStringLiteral("conv.weight"), std::array{1.5F, 2.5F, 3.5F, 4.5F}),
                     makeTensor<std::uint32_t>(QStringLiteral("i"), std::array{7U}),
                     Tensor{QStringLiteral("half"), TensorType::F16, {2}, "abcd"},
                     Tensor{QStringLiteral("scalar"), TensorType::U8, {}, "z"},
                     Tensor{QStringLiteral("void"), TensorType::U8, {0, 3}, ""}};
  content.tensors[1].shape = {2, 1, 2};
  const QByteArray file = writeSafeTensors(content);
  const SafeTensors back = readSafeTensors(file, Place);
  EXPECT_EQ(back.metadata, content.metadata);
  EXPECT_EQ(back.tensors, content.tensors);
  EXPECT_EQ(tensorValues<double>(back.tensors[0]), (std::vector{0.1, -1e300}));
  EXPECT_EQ(qFromLittleEndian<quint64>(file.constData()) % 8, 0U) << "data is not aligned";
}

TEST(SafeTensors, orderOfWritingDoesNotMatter) {
  const Tensor a{QStringLiteral("a"), TensorType::U8, {1}, "x"};
  const Tensor b{QStringLiteral("b"), TensorType::F32, {1}, "wxyz"};
  EXPECT_EQ(writeSafeTensors({{a, b}, {}}), writeSafeTensors({{b, a}, {}}));
  EXPECT_THROW(static_cast<void>(writeSafeTensors({{a, a}, {}})), Error);
  EXPECT_THROW(static_cast<void>(writeSafeTensors({{{QStringLiteral("c"), TensorType::F32, {1}, "x"}}, {}})), Error);
}

TEST(SafeTensors, refuseHeadersThatAreWrong) {
  expectRefused("1234", "shorter than");
  expectRefused(QByteArray(8, '\xff'), "longer than 64 MB");
  expectRefused(fileOf("{}", 0).left(9), "reaches past the end");
  expectRefused(fileOf("{", 0), "not JSON");
  expectRefused(fileOf("[]", 0), "not a JSON object");
  expectRefused(fileOf("{\"a\":1}", 0), "tensor \"a\": no object");
  expectRefused(fileOf("{\"__metadata__\":{\"a\":1}}", 0), "not text");
  expectRefused(fileOf("{\"__metadata__\":[]}", 0), "__metadata__ is no object");
  EXPECT_NE(errorOf(fileOf("{" + entry("a", "U8", "0", 0, 0) + "}", 0), {.tensors = 0}).find("more than 0 tensors"),
            std::string::npos);
}

TEST(SafeTensors, refuseEntriesThatAreWrong) {
  expectRefused(fileOf("{" + entry("a", "F8", "1", 0, 1) + "}", 1), "tensor \"a\", key \"dtype\": names no type");
  expectRefused(fileOf("{" + entry("a", "F32", "1.5", 0, 4) + "}", 4), "must hold whole numbers");
  expectRefused(fileOf("{" + entry("a", "F32", "-1", 0, 4) + "}", 4), "must hold whole numbers");
  expectRefused(fileOf("{" + entry("a", "F32", "2", 0, 4) + "}", 4), "shape does not fit its 4 bytes");
  expectRefused(fileOf("{" + entry("a", "F32", "4294967296,4294967296", 0, 0) + "}", 0), "does not fit");
  expectRefused(fileOf("{" + entry("a", "U8", "1", 1, 0) + "}", 1), "must be [begin, end]");
  expectRefused(fileOf("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0]}}", 1), "must be [begin, end]");
  expectRefused(fileOf("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"x\":1}}", 1), "unknown key");
}

TEST(SafeTensors, refuseRangesThatOverlapLeaveGapsOrReachPastTheEnd) {
  const QByteArray a = entry("a", "U8", "4", 0, 4);
  expectRefused(fileOf("{" + a + "," + entry("b", "U8", "4", 2, 6) + "}", 6), "tensor \"b\": overlaps");
  expectRefused(fileOf("{" + a + "," + entry("b", "U8", "1", 5, 6) + "}", 6), "1 bytes before it belong to no tensor");
  expectRefused(fileOf("{" + a + "}", 3), "reaches past the end");
  expectRefused(fileOf("{" + a + "}", 5), "1 bytes at its end belong to no tensor");
  // A name that is there twice hides the first range.
  expectRefused(fileOf("{" + a + "," + entry("a", "U8", "4", 4, 8) + "}", 8), "belong to no tensor");
  EXPECT_EQ(errorOf(fileOf("{" + a + "," + entry("b", "U8", "0", 4, 4) + "}", 4)), "no error");
}
