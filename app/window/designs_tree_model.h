// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractItemModel>
#include <optional>
#include <vector>

#include "core/explore/design_table.h"

namespace pimento {

class Session;

// The designs of the session's view as a tree: network → variant → a row for each data set, training and platform.
class DesignsTreeModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  explicit DesignsTreeModel(Session &session, QObject *parent = nullptr);

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
  [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex &at, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  // The design a node stands for: a row's own, a variant's if it has but one.
  [[nodiscard]] std::optional<std::uint32_t> designRow(const QModelIndex &at) const;
  [[nodiscard]] QModelIndex indexOf(std::uint32_t designRow) const;

 private:
  struct VariantNode {
    std::uint32_t network = 0;  // index into m_networks
    int place = 0;              // among the network's variants
    NameId name = 0;
    std::vector<std::uint32_t> rows;
  };
  struct NetworkNode {
    NameId name = 0;
    std::vector<std::uint32_t> variants;  // indices into m_variants
    std::size_t designs = 0;
  };
  void reload();
  [[nodiscard]] QString text(const QModelIndex &at) const;
  [[nodiscard]] const VariantNode &variantAt(const QModelIndex &at) const;  // of a variant or of a row below it

  Session &m_session;
  std::vector<NetworkNode> m_networks;
  std::vector<VariantNode> m_variants;
};

}  // namespace pimento
