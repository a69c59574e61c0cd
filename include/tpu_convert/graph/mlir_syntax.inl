// The grammar of MLIR text, as far as the Top dialect uses it.
#pragma once
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/graph/mlir_syntax.hpp>

namespace tpu_convert::detail {

class mlir_parser {
public:
    mlir_parser(std::string_view text, std::string_view file) : in_(text, file) {}

    mlir_module parse() {
        bool found = false;
        while (!in_.at_end()) {
            if (in_.peek() == '#') alias();
            else if (!found && in_.accept_word("module")) found = true, module();
            else in_.fail("expected 'module' or a location; the file must be the .mlir text that transform writes");
        }
        if (!found) in_.fail("the file holds no module");
        return std::move(out_);
    }

private:
    static constexpr int deepest = 32;

    void alias() {
        in_.expect("#");
        auto const name = in_.name();
        in_.expect("=");
        if (!in_.starts_with("loc")) in_.fail("only locations may have an alias");
        out_.locations[name] = location();
    }

    // loc(...); empty if there is none
    std::vector<mlir_location> location() {
        std::vector<mlir_location> parts;
        if (!in_.accept_word("loc")) return parts;
        in_.expect("(");
        location_body(parts, 0);
        in_.expect(")");
        return parts;
    }
    void location_body(std::vector<mlir_location>& parts, int depth) {
        if (depth > deepest) in_.fail("locations are nested too deeply");
        if (in_.accept("#")) {
            parts.push_back({in_.name(), true});
        } else if (in_.peek() == '"') {
            parts.push_back({in_.quoted(), false});
            if (in_.accept(":")) in_.integer(), in_.expect(":"), in_.integer(), parts.pop_back(); // file, line, column
            else if (in_.accept("(")) in_.fail("named locations must stand alone");
        } else if (in_.accept_word("fused")) {
            in_.expect("[");
            do location_body(parts, depth + 1);
            while (in_.accept(","));
            in_.expect("]");
        } else if (!in_.accept_word("unknown")) {
            in_.fail("a location is malformed");
        }
    }

    void module() {
        if (in_.accept("@")) out_.name = in_.name();
        if (in_.accept_word("attributes")) out_.attributes = dictionary();
        in_.expect("{");
        function();
        if (!in_.accept("}")) in_.fail("the module must hold one function, @main");
        location();
    }

    void function() {
        if (!in_.accept_word("func.func")) in_.fail("expected func.func @main");
        in_.expect("@");
        in_.name();
        in_.expect("(");
        while (!in_.accept(")")) {
            in_.expect("%");
            out_.arguments.push_back(in_.name());
            in_.expect(":");
            mlir_type_parser(in_).type();
            location();
            if (!in_.accept(",") && in_.peek() != ')') in_.fail("the list of arguments is malformed");
        }
        if (in_.accept("->")) types();
        if (in_.accept_word("attributes")) dictionary();
        in_.expect("{");
        while (!returning()) operation();
        in_.expect("}");
        location();
    }

    bool returning() {
        bool const quoted = in_.accept("\"func.return\"");
        if (!quoted && !in_.accept_word("return") && !in_.accept_word("func.return")) return false;
        if (quoted) in_.expect("(");
        if (in_.peek() == '%') out_.returned = operands();
        if (quoted) in_.expect(")");
        if (in_.accept(":")) {
            types();
            if (in_.accept("->")) types();
        }
        location();
        return true;
    }

    std::vector<mlir_operand> operands() {
        std::vector<mlir_operand> found;
        do {
            in_.expect("%");
            found.push_back({in_.name(), 0});
            if (in_.accept_here('#')) found.back().result = static_cast<std::size_t>(in_.digits());
        } while (in_.accept(","));
        return found;
    }

    void operation() {
        mlir_operation op;
        if (in_.accept("%")) {
            op.result = in_.name();
            op.results = in_.accept(":") ? static_cast<std::size_t>(in_.integer()) : 1;
            in_.expect("=");
        }
        if (in_.peek() != '"') in_.fail("expected an operation in generic form, such as %1 = \"top.Conv\"(...)");
        op.name = in_.quoted();
        in_.expect("(");
        if (in_.peek() == '%') op.operands = operands();
        in_.expect(")");
        if (in_.accept("<{")) op.attributes = dictionary_rest(), in_.expect(">");
        if (in_.peek() == '(') in_.fail("operation '" + op.name + "' has a region; control flow is not supported");
        if (in_.peek() == '{') op.attributes.merge(dictionary());
        in_.expect(":");
        types();
        in_.expect("->");
        op.types = types();
        op.location = location();
        if (op.results != op.types.size()) in_.fail("the number of results of '" + op.name + "' and of their types differ");
        out_.operations.push_back(std::move(op));
    }

    attribute_map dictionary() {
        in_.expect("{");
        return dictionary_rest();
    }
    attribute_map dictionary_rest() {
        attribute_map found;
        while (!in_.accept("}")) {
            auto const key = in_.name();
            found[key] = in_.accept("=") ? attribute() : attribute_value{true}; // no value: a unit attribute
            if (!in_.accept(",") && in_.peek() != '}') in_.fail("the attributes are malformed after '" + key + "'");
        }
        return found;
    }

    attribute_value attribute() {
        char const c = in_.peek();
        if (c == '"') return in_.quoted();
        if (c == '[') return in_.expect("["), list("]");
        if (in_.accept_word("array")) {
            in_.expect("<");
            in_.word(); // the element type
            in_.accept(":");
            return list(">");
        }
        if (c == '-' || (c >= '0' && c <= '9')) return typed_number();
        if (in_.accept_word("true")) return true;
        if (in_.accept_word("false")) return false;
        if (in_.accept_word("unit")) return true;
        in_.fail("an attribute's value is neither boolean, number, string nor a list of numbers");
    }
    attribute_value typed_number() {
        auto const n = in_.number();
        bool const real = in_.accept(":") ? in_.word().starts_with("f") : n.index() == 1;
        if (n.index() == 1) return std::get<double>(n);
        if (real) return static_cast<double>(std::get<std::int64_t>(n));
        return std::get<std::int64_t>(n);
    }
    // Numbers up to `end`; real if one of them is.
    attribute_value list(std::string_view end) {
        std::vector<std::int64_t> whole;
        std::vector<double> all;
        while (!in_.accept(end)) {
            if (in_.accept_word("true")) whole.push_back(1), all.push_back(1);
            else if (in_.accept_word("false")) whole.push_back(0), all.push_back(0);
            else {
                auto const n = typed_number();
                auto const* i = std::get_if<std::int64_t>(&n);
                if (i) whole.push_back(*i);
                all.push_back(i ? static_cast<double>(*i) : std::get<double>(n));
            }
            if (!in_.accept(",") && !in_.starts_with(end)) in_.fail("a list of numbers is malformed");
        }
        if (whole.size() == all.size()) return whole;
        return all;
    }

    std::vector<mlir_type> types() {
        std::vector<mlir_type> found;
        if (!in_.accept("(")) {
            do found.push_back(mlir_type_parser(in_).type());
            while (in_.accept(","));
            return found;
        }
        while (!in_.accept(")")) {
            found.push_back(mlir_type_parser(in_).type());
            if (!in_.accept(",") && in_.peek() != ')') in_.fail("a list of types is malformed");
        }
        return found;
    }
    mlir_scanner in_;
    mlir_module out_;
};

TPU_CONVERT_INLINE mlir_module parse_mlir_module(std::string_view text, std::string_view file) {
    return mlir_parser(text, file).parse();
}

TPU_CONVERT_INLINE std::vector<std::string> mlir_module::names(std::vector<mlir_location> const& location, int depth) const {
    std::vector<std::string> found;
    for (auto const& part : location) {
        if (!part.alias) {
            found.push_back(part.text);
            continue;
        }
        auto const at = locations.find(part.text);
        if (at == locations.end()) throw model_error{error_code::file_damaged, "#" + part.text,
                                                     "the location is not defined in the file"};
        if (depth > 4) throw model_error{error_code::file_damaged, "#" + part.text, "the location refers to itself"};
        for (auto& name : names(at->second, depth + 1)) found.push_back(std::move(name));
        if (found.size() > 4096) throw model_error{error_code::file_damaged, "#" + part.text, "the location has too many parts"};
    }
    return found;
}

} // namespace tpu_convert::detail
