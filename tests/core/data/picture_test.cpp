// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/picture.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <atomic>
#include <thread>

#include "core/base/error.h"
#include "core/data/decoder_warnings.h"
#include "tests/core/data/sample_files.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QByteArray little(int value) {
  QByteArray bytes;
  bytes.append(static_cast<char>(value)).append(static_cast<char>(value >> 8));
  return bytes;
}

// A GIF of side x side pixels that count up, with a comment before it. Its codes stay at 8 bits because the table is
// cleared before they would grow.
QByteArray gif(int side) {
  QByteArray colours;
  for (int i = 0; i < 128; ++i) colours.append(3, static_cast<char>(2 * i));
  QByteArray codes;
  for (int i = 0; i < side * side; ++i) {
    if (i % 100 == 0) codes.append('\x80');
    codes.append(static_cast<char>(i % 128));
  }
  codes.append('\x81');
  QByteArray blocks;
  for (qsizetype at = 0; at < codes.size(); at += 200) {
    const QByteArray block = codes.mid(at, 200);
    blocks.append(static_cast<char>(block.size())).append(block);
  }
  return "GIF89a" + little(side) + little(side) + QByteArray("\xf6\0\0", 3) + colours +
         QByteArray("\x21\xfe\x02hi\0", 6) + ',' + little(0) + little(0) + little(side) + little(side) +
         QByteArray("\0\x07", 2) + blocks + QByteArray("\0;", 2);
}

// Of one grey pixel in one strip, which lies past the end of the file.
QByteArray brokenTiff() {
  const auto entry = [](int tag, int type, int value) {
    return little(tag) + little(type) + little(1) + little(0) + little(value) + little(0);
  };
  return QByteArray("II*\0\x08\0\0\0", 8) + little(8) + entry(256, 3, 1) + entry(257, 3, 1) + entry(258, 3, 8) +
         entry(259, 3, 1) + entry(262, 3, 1) + entry(273, 4, 5000) + entry(278, 3, 1) + entry(279, 4, 1) + little(0) +
         little(0);
}

std::string errorOf(const QString &path, int side) {
  try {
    static_cast<void>(readPicture(path, {3, side, side}));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST(Picture, ofAGifIsWholeOrRefused) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.gif"));
  const QByteArray whole = gif(40);
  writeFile(path, whole);
  const Images images = readPicture(path, {3, 40, 40});
  for (int i = 0; i < 1600; i += 77) EXPECT_EQ(images.pixels[static_cast<std::size_t>(i)], i % 128 * 2) << i;
  for (qsizetype size = 16; size < whole.size() - 2; size += 31) {
    writeFile(path, whole.first(size));
    EXPECT_NE(errorOf(path, 40).find("is damaged or truncated: it ends before its picture does"), std::string::npos)
        << size << ": " << errorOf(path, 40);
  }
  writeFile(path, whole.chopped(1));
  EXPECT_EQ(errorOf(path, 40), "no error") << "only the mark of the end is missing";
}

TEST(Picture, ofADamagedTiffSaysNothingAndSilencesNobody) {
  if (!pictureSuffixes().contains(QStringLiteral("tiff"))) GTEST_SKIP() << "Qt's plugin for it is not here";
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.tiff"));
  writeFile(path, brokenTiff());
  std::atomic<int> left = 2;
  std::size_t lines = 0;
  testing::internal::CaptureStderr();
  const auto decode = [&] {
    for (int i = 0; i < 200; ++i)
      if (errorOf(path, 1).find("a.tiff: can not be decoded") == std::string::npos) std::abort();
    --left;
  };
  std::thread one(decode), two(decode);
  while (left > 0) {
    EXPECT_EQ(::write(STDERR_FILENO, "line\n", 5), 5);
    ++lines;
  }
  one.join();
  two.join();
  std::string expected;
  for (std::size_t i = 0; i < lines; ++i) expected += "line\n";
  EXPECT_TRUE(testing::internal::GetCapturedStderr() == expected);
}

namespace {

QtMessageHandler s_before = nullptr;
int s_messages = 0;

void handOn(QtMsgType type, const QMessageLogContext &context, const QString &text) {
  ++s_messages;
  s_before(type, context, text);
}

}  // namespace

TEST(DecoderWarnings, passMessagesOnAmongHandlersThatPassThemOn) {
  const QtMessageHandler first = qInstallMessageHandler(nullptr);
  { const DecoderWarnings ours; }
  s_before = qInstallMessageHandler(handOn);
  { const DecoderWarnings again; }
  testing::internal::CaptureStderr();
  qWarning("to be seen");
  EXPECT_NE(testing::internal::GetCapturedStderr().find("to be seen"), std::string::npos);
  EXPECT_EQ(s_messages, 1);
  qInstallMessageHandler(first);
}
