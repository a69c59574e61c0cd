// The error of networks that have nodes no importer takes: which, and where the network can be cut before them.
#pragma once
#include <string>
#include <tpu_convert/core/error.hpp>
#include <utility>
#include <vector>

namespace tpu_convert {

struct unsupported_node {
    std::string name, operation, reason;
};

class unsupported_nodes : public model_error {
public:
    // cuts: tensors as the file names them, which what can be imported ends in; none if nothing can.
    unsupported_nodes(std::vector<unsupported_node> nodes, std::vector<std::string> cuts)
        : model_error(error_code::operator_unsupported, "", sentence(nodes, cuts)), nodes_(std::move(nodes)),
          cuts_(std::move(cuts)) {}

    std::vector<unsupported_node> const& nodes() const { return nodes_; }
    std::vector<std::string> const& cuts() const { return cuts_; }

private:
    static std::string sentence(std::vector<unsupported_node> const& nodes, std::vector<std::string> const& cuts) {
        std::string text = std::to_string(nodes.size()) + (nodes.size() == 1 ? " node" : " nodes") + " cannot be imported: ";
        for (std::size_t i = 0; i < nodes.size(); ++i)
            text += (i ? "; '" : "'") + nodes[i].name + "' (" + nodes[i].operation + "): " + nodes[i].reason;
        for (std::size_t i = 0; i < cuts.size(); ++i)
            text += (i ? "," : "; what comes before can be converted with --output_names ") + cuts[i];
        return text;
    }

    std::vector<unsupported_node> nodes_;
    std::vector<std::string> cuts_;
};

} // namespace tpu_convert
