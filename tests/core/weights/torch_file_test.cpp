// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/torch_file.h"

#include <gtest/gtest.h>

#include <QBuffer>
#include <QTemporaryDir>
#include <map>

#include "core/base/error.h"
#include "core/weights/torch_container.h"
#include "core/weights/weights.h"
#include "tests/core/weights/pickles.h"

using namespace pimento;
using namespace pimento::test;

namespace {

QString sample(const char *name) { return QStringLiteral(PIMENTO_TEST_DATA "/torch/%1").arg(QLatin1String(name)); }

SafeTensors read(QByteArray file) {
  QBuffer buffer(&file);
  buffer.open(QIODevice::ReadOnly);
  return readTorchFile(buffer, QStringLiteral("net.pth"));
}

std::string errorOf(const QByteArray &file) {
  try {
    static_cast<void>(read(file));
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

void expectRefused(const QByteArray &file, const std::string &said) {
  const std::string error = errorOf(file);
  EXPECT_EQ(error.find("net.pth"), 0U) << error;
  EXPECT_NE(error.find(said), std::string::npos) << error;
  EXPECT_EQ(error.find('\n'), std::string::npos) << error;
}

// One dictionary with a tensor "w".
QByteArray stateOf(const Rebuilt &r) { return Protocol + dictionary("w", rebuilt(r)) + End; }

std::map<QString, Tensor> byName(const SafeTensors &content) {
  std::map<QString, Tensor> tensors;
  for (const Tensor &tensor : content.tensors) tensors[tensor.name] = tensor;
  return tensors;
}

std::vector<float> floatsOf(const SafeTensors &content, const char *name) {
  return tensorValues<float>(byName(content).at(QString::fromLatin1(name)));
}

// What tests/data/torch/make put in.
void expectSamples(const char *file) {
  SCOPED_TRACE(file);
  const SafeTensors content = readWeights(sample(file));
  const auto tensors = byName(content);
  const auto tensor = [&](const char *name) { return tensors.at(QString::fromLatin1(name)); };
  EXPECT_EQ(tensors.size(), 13U);
  EXPECT_EQ(tensor("float").shape, (std::vector<qint64>{2, 3, 4}));
  const auto values = floatsOf(content, "float");
  for (std::size_t i = 0; i < 24; ++i) EXPECT_EQ(values.at(i), 0.25F * static_cast<float>(i));
  EXPECT_EQ(tensor("half").type, TensorType::F16);
  EXPECT_EQ(tensor("half").shape, (std::vector<qint64>{3, 2}));
  // 0, 0.5, 1, 1.5, 2, 2.5 in half precision
  EXPECT_EQ(tensorValues<std::uint16_t>(tensor("half")),
            (std::vector<std::uint16_t>{0, 0x3800, 0x3c00, 0x3e00, 0x4000, 0x4100}));
  EXPECT_EQ(tensor("bfloat16").type, TensorType::BF16);
  // 0, 2, 4, 6: the upper halves of single precision
  EXPECT_EQ(tensorValues<std::uint16_t>(tensor("bfloat16")), (std::vector<std::uint16_t>{0, 0x4000, 0x4080, 0x40c0}));
  EXPECT_EQ(tensorValues<double>(tensor("double")), (std::vector<double>{0, 0.1, 2 * 0.1}));
  EXPECT_EQ(tensor("num_batches_tracked").type, TensorType::I64);
  EXPECT_TRUE(tensor("num_batches_tracked").shape.empty());
  EXPECT_EQ(tensorValues<std::int64_t>(tensor("num_batches_tracked")), (std::vector<std::int64_t>{7}));
  EXPECT_EQ(tensor("transposed").shape, (std::vector<qint64>{6, 4}));
  const auto transposed = floatsOf(content, "transposed");
  for (std::size_t row = 0; row < 6; ++row)
    for (std::size_t column = 0; column < 4; ++column)
      EXPECT_EQ(transposed.at(row * 4 + column), 0.25F * static_cast<float>(column * 6 + row));
  EXPECT_EQ(floatsOf(content, "slice"), (std::vector<float>{2, 2.25, 2.5, 3.5, 3.75, 4}));  // rows 1-2, columns 2-4
  EXPECT_EQ(floatsOf(content, "scalar"), (std::vector<float>{1.5}));
  EXPECT_EQ(tensor("empty").shape, (std::vector<qint64>{0, 3}));
  EXPECT_EQ(floatsOf(content, "expanded"), (std::vector<float>(5, 3)));
  EXPECT_EQ(floatsOf(content, "parameter"), (std::vector<float>{-1, 2}));
  EXPECT_EQ(tensorValues<std::uint8_t>(tensor("bytes")), (std::vector<std::uint8_t>{1, 2, 255}));
  EXPECT_EQ(tensor("flags").type, TensorType::Bool);
}

void expectCheckpoint(const char *file) {
  SCOPED_TRACE(file);
  const SafeTensors content = readWeights(sample(file));
  const auto tensors = byName(content);
  EXPECT_EQ(content.metadata.at(QStringLiteral("entry")), QStringLiteral("state_dict"));
  QStringList names;
  for (const auto &[name, tensor] : tensors) names << name;
  const QString wanted = QStringLiteral(
      "module.0.bias module.0.weight module.1.bias module.1.num_batches_tracked module.1.running_mean "
      "module.1.running_var module.1.weight");
  EXPECT_EQ(names.join(QLatin1Char(' ')), wanted);  // nothing of the optimiser's
  EXPECT_EQ(tensors.at(QStringLiteral("module.0.weight")).shape, (std::vector<qint64>{2, 1, 1, 1}));
  EXPECT_EQ(floatsOf(content, "module.1.running_var"), (std::vector<float>{6, 6}));  // the sixth of the dictionary
}

}  // namespace

TEST(TorchFile, readsWhatPyTorchWrote) {
  for (const char *file : {"zip.pth", "stream.pth", "protocol4.pt"}) expectSamples(file);
}

TEST(TorchFile, takesTheNetworkOutOfACheckpoint) {
  for (const char *file : {"checkpoint.pt", "checkpoint.th"}) expectCheckpoint(file);
}

TEST(TorchFile, takesEntriesInsideOfEntries) {
  const QByteArray state = dictionary("layer", dictionary("w", rebuilt({})));
  const SafeTensors content = read(archiveOf(Protocol + dictionary("model", dictionary("state_dict", state)) + End));
  ASSERT_EQ(content.tensors.size(), 1U);
  EXPECT_EQ(content.tensors[0].name, QStringLiteral("layer.w"));
  EXPECT_EQ(content.metadata.at(QStringLiteral("entry")), QStringLiteral("model.state_dict"));
}

TEST(TorchFile, isKnownByItsContent) {
  EXPECT_TRUE(isTorchFile(archiveOf({})));
  EXPECT_TRUE(isTorchFile(streamOf({})));
  // A header of 640 bytes: the length of a safetensors file begins like a pickle.
  SafeTensors content;
  content.tensors.push_back(makeTensor<float>(QStringLiteral("w"), std::vector<float>{1, 2}));
  for (int padding = 0; padding < 640; ++padding) {
    content.metadata[QStringLiteral("note")] = QString(padding, QLatin1Char('x'));
    const QByteArray file = writeSafeTensors(content);
    if (file.startsWith("\x80\x02")) {
      EXPECT_FALSE(isTorchFile(QByteArrayView(file).first(16)));
      return;
    }
  }
  FAIL() << "no header of that length";
}

TEST(TorchFile, refusesWhatIsNoTensorByNameAndByte) {
  // cos\nsystem\n(X…tR.: what an attacker writes.
  const QByteArray attack = Protocol + global("os", "system") + tuple({text("touch pwned")}) + 'R' + End;
  expectRefused(archiveOf(attack), "byte 2: names \"os.system\"");
  expectRefused(streamOf(attack), "names \"os.system\"");
  const QByteArray stacked = QByteArray(
                                 "\x80\x04\x8c\x08"
                                 "builtins\x8c\x04"
                                 "eval\x93",
                                 19) +
                             tuple({text("1")}) + "R.";
  expectRefused(archiveOf(stacked), "names \"builtins.eval\"");
  expectRefused(archiveOf(Protocol + "(S'x'\nios\nsystem\n."), "instruction 0x69");     // an instance
  expectRefused(archiveOf(Protocol + QByteArray("\x82\x01.", 3)), "instruction 0x82");  // an extension
  expectRefused(archiveOf(Protocol + text("a") + ")R."), "calls what is no name");
}

TEST(TorchFile, refusesWholeModulesAndSparseTensors) {
  for (const auto &[file, name] : std::map<const char *, const char *>{
           {"module.pth", "torch.nn.modules.container.Sequential"}, {"sparse.pth", "_rebuild_sparse_tensor"}}) {
    try {
      static_cast<void>(readWeights(sample(file)));
      FAIL() << file;
    } catch (const Error &error) {
      EXPECT_TRUE(error.message().contains(QLatin1String(name))) << error.what();
      EXPECT_TRUE(error.message().contains(QStringLiteral("byte "))) << error.what();
      EXPECT_TRUE(error.message().contains(QStringLiteral("state_dict"))) << error.what();
    }
  }
  const QByteArray script = makeZip(
      {{"net/data.pkl", Protocol + "N.", false, {}, {}, 0}, {"net/constants.pkl", Protocol + ").", false, {}, {}, 0}});
  expectRefused(script, "TorchScript");
}

TEST(TorchFile, checksThatTensorsLieInsideTheirStorage) {
  EXPECT_EQ(errorOf(archiveOf(stateOf({}))), "no error");
  EXPECT_EQ(floatsOf(read(archiveOf(stateOf({.sizes = {3, 2}, .strides = {1, 3}}))), "w"),
            (std::vector<float>{0, 3, 1, 4, 2, 5}));
  expectRefused(archiveOf(stateOf({.offset = 1})), "reaches past its storage");
  expectRefused(archiveOf(stateOf({.sizes = {2, 4}})), "reaches past its storage");
  expectRefused(archiveOf(stateOf({.strides = {qint64{1} << 62, 1}})), "reaches past its storage");
  expectRefused(archiveOf(stateOf({.sizes = {qint64{1} << 40, qint64{1} << 40}})), "reaches past its storage");
  expectRefused(archiveOf(stateOf({.offset = -1})), "reaches past its storage");
  expectRefused(archiveOf(stateOf({.sizes = {2, -3}})), "no whole number from 0");
  expectRefused(archiveOf(stateOf({.strides = {1}})), "is not made as PyTorch does");
  expectRefused(archiveOf(stateOf({.elements = 7})), "holds 24 bytes instead of 28");
  expectRefused(archiveOf(stateOf({.elements = -1})), "refers to what is no storage");
  expectRefused(archiveOf(stateOf({.type = "ComplexFloatStorage"})), "torch.ComplexFloatStorage");
  // One number fills a tensor of 4 TB.
  expectRefused(archiveOf(stateOf({.sizes = {qint64{1} << 40}, .strides = {0}})), "far larger than the file");
}

TEST(TorchFile, readsPartsOfStoragesInStreams) {
  const auto part = [](qint64 first, qint64 count) { return tuple({text("view"), whole(first), whole(count)}); };
  const Rebuilt inside{.sizes = {2}, .strides = {1}, .part = part(3, 2)};
  EXPECT_EQ(floatsOf(read(streamOf(stateOf(inside))), "w"), (std::vector<float>{3, 4}));
  const Rebuilt outside{.sizes = {2}, .strides = {1}, .part = part(5, 2)};
  expectRefused(streamOf(stateOf(outside)), "a part of a storage reaches past its end");
}

TEST(TorchFile, copiesNoStorageForAReference) {
  QByteArray state = Protocol + '}';
  for (int i = 0; i < 1000; ++i)
    state += text("w" + QByteArray::number(i)) +
             rebuilt({.sizes = {1}, .strides = {1}, .part = tuple({text("v"), whole(i % 6), whole(1)})}) + 's';
  const QByteArray file = streamOf(state + End);
  const TorchContainer container = readTorchStream(file, QStringLiteral("net.pth"));
  EXPECT_EQ(container.storages.size(), 1000U);
  for (const auto &[node, storage] : container.storages) {
    EXPECT_EQ(storage.elements(), 1);
    ASSERT_EQ(storage.bytes.constData(), file.constData()) << "a copy";
  }
  EXPECT_EQ(floatsOf(read(file), "w8"), (std::vector<float>{2}));
}

TEST(TorchFile, refusesStreamsThatAreCutOff) {
  const QByteArray whole = streamOf(stateOf({}));
  EXPECT_EQ(errorOf(whole), "no error");
  for (qsizetype size = 2; size < whole.size(); ++size) EXPECT_NE(errorOf(whole.first(size)), "no error") << size;
  expectRefused(whole + 'x', "1 bytes at its end");
  expectRefused(streamOf(stateOf({}), 5), "holds 5 elements instead of 6");
  expectRefused(streamOf(stateOf({}), -1), "holds -1 elements");
  expectRefused(Protocol + "}.", "none of torch.save");
}

TEST(TorchFile, refusesArchivesThatAreCutOffOrLackEntries) {
  const QByteArray whole = archiveOf(stateOf({}));
  for (qsizetype size = 4; size < whole.size(); size += 7) EXPECT_NE(errorOf(whole.first(size)), "no error") << size;
  expectRefused(makeZip({{"net/data.pkl", stateOf({}), false, {}, {}, 0}}), "\"net/data/0\": is not there");
  expectRefused(makeZip({{"net/other", "x", false, {}, {}, 0}}), "without the data.pkl");
  expectRefused(makeZip({{"net/data.pkl", stateOf({}), false, {}, {}, 0},
                         {"net/byteorder", "big", false, {}, {}, 0},
                         {"net/data/0", floats(6), false, {}, {}, 0}}),
                "big-endian");
  expectRefused(archiveOf(Protocol + "N."), "holds no tensors");
}

TEST(TorchFile, unpacksNoMoreThanItsSizeWarrants) {
  const QByteArray packed =
      makeZip({{"net/data.pkl", stateOf({}), true, {}, {}, 0}, {"net/data/0", floats(6), true, {}, {}, 0}});
  EXPECT_EQ(floatsOf(read(packed), "w").size(), 6U) << "another program has packed it again";
  std::vector<ZipPart> parts{{"net/data.pkl", stateOf({}), false, {}, {}, 0},
                             {"net/data/0", floats(6), false, {}, {}, 0}};
  const QByteArray zeros(1 << 20, '\0');
  for (int i = 1; i < 70; ++i) parts.push_back({"net/data/" + QByteArray::number(i), zeros, true, {}, {}, 0});
  expectRefused(makeZip(parts), "unpacked");
}

TEST(TorchFile, survivesContainersInsideEachOther) {
  // A list that holds itself, and dictionaries of which each holds the one before twice.
  const QByteArray w = text("w") + rebuilt({}) + 's';
  expectRefused(archiveOf(Protocol + '}' + w + text("l") +
                          "]q\x01h\x01"
                          "as" +
                          End),
                "levels of containers");
  QByteArray bomb = Protocol + "}q" + QByteArray(1, '\0') + w;
  for (char level = 1; level < 30; ++level)
    bomb += "}q" + QByteArray(1, level) + text("a") + 'h' + QByteArray(1, static_cast<char>(level - 1)) + 's' +
            text("b") + 'h' + QByteArray(1, static_cast<char>(level - 1)) + 's';
  expectRefused(archiveOf(bomb + End), "holds more than");
}

TEST(TorchFile, namesDirectoriesAndWhatIsMissing) {
  for (const QString &path : {QStringLiteral("/nowhere/net.pth"), QStringLiteral(PIMENTO_TEST_DATA "/torch")})
    EXPECT_THROW(static_cast<void>(readWeights(path)), Error) << path.toStdString();
}

namespace {

// How often a reader asks its watch; whether it is left at that question.
int questionsOf(const QString &path, int leftAt) {
  int asked = 0;
  std::stop_source stop;
  const Watch watch{stop.get_token(), [&](double share) {
                      EXPECT_TRUE(share >= 0 && share <= 1) << share;
                      if (++asked == leftAt) stop.request_stop();
                    }};
  if (leftAt == 0) {
    (void)readWeights(path, watch);
  } else {
    EXPECT_THROW((void)readWeights(path, watch), Error) << path.toStdString() << " " << leftAt;
    EXPECT_EQ(asked, leftAt) << path.toStdString();
  }
  return asked;
}

}  // namespace

TEST(ReadingWeights, isLeftBetweenTensorsAndPieces) {
  const QTemporaryDir folder;
  const QString own = folder.filePath(QStringLiteral("own.safetensors"));
  QFile written(own);
  ASSERT_TRUE(written.open(QIODevice::WriteOnly));
  written.write(writeSafeTensors({{makeTensor<float>(QStringLiteral("a"), std::vector<float>(9)),
                                   makeTensor<float>(QStringLiteral("b"), std::vector<float>(9))},
                                  {}}));
  written.close();
  for (const QString &path : {own, sample("zip.pth"), sample("stream.pth")}) {
    const int all = questionsOf(path, 0);
    EXPECT_GT(all, 2) << path.toStdString();
    for (int i = 1; i < all; ++i) (void)questionsOf(path, i);
  }
}

// One large tensor, of a file of holes: it is as good as any for the reader.
TEST(ReadingWeights, readsNoFurtherOnceItIsStopped) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("large.safetensors"));
  constexpr qint64 Bytes = 64 << 20;
  const QByteArray header =
      QStringLiteral(R"({"t":{"dtype":"U8","shape":[%1],"data_offsets":[0,%1]}})").arg(Bytes).toUtf8();
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  const auto length = static_cast<quint64>(header.size());
  file.write(reinterpret_cast<const char *>(&length), sizeof length);
  file.write(header);
  ASSERT_TRUE(file.resize(file.pos() + Bytes));
  file.close();
  std::stop_source stop;
  double latest = 0;
  const Watch watch{stop.get_token(), [&](double share) {
                      latest = share;
                      if (share > 0.01) stop.request_stop();
                    }};
  EXPECT_THROW((void)readWeights(path, watch), Error);
  EXPECT_TRUE(stop.stop_requested());
  EXPECT_LT(latest, 0.2) << "more than a piece was read before it was asked";
}
