// Sophgo's C-model of the BM1684X, loaded at run time from the folder TPU_ORACLE_LIBS, as the judge of the machine.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <dlfcn.h>
#include <span>
#include <stdexcept>
#include <string>
#include <tpu_convert/isa/engine.hpp>

namespace tpu_convert::record {

class cmodel {
public:
    explicit cmodel(std::string const& folder, std::int64_t global_bytes) {
        handle_ = dlopen((folder + "/libcmodel_1684x.so").c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!handle_) throw std::runtime_error(dlerror());
        if (function<int(int, std::int64_t)>("cmodel_init")(0, global_bytes)) throw std::runtime_error("cmodel_init failed");
        execute_ = function<void(int, void*, unsigned)>("execute_command");
        global_ = static_cast<std::byte*>(function<void*(int)>("get_global_memaddr")(0));
        local_ = function<local_memory*(int)>("get_local_mem")(0)->data;
        function<void(int)>("set_cur_nodechip_idx")(0);
        function<void()>("load_lookup_tables")();
    }
    std::byte* local() { return local_; }
    std::byte* global() { return global_; }
    void execute(isa::engine e, std::span<std::byte const> command) {
        std::byte buffer[128]{};
        std::memcpy(buffer, command.data(), command.size());
        execute_(0, buffer, e == isa::engine::tiu ? 0 : 1);
    }

private:
    struct local_memory {
        std::byte* data;
        void* parts;
        std::int32_t count, size, align, owned;
    };
    template <class Signature>
    Signature* function(char const* name) {
        void* const p = dlsym(handle_, name);
        if (!p) throw std::runtime_error(std::string("the C-model lacks ") + name);
        return reinterpret_cast<Signature*>(p);
    }

    void* handle_ = nullptr;
    void (*execute_)(int, void*, unsigned) = nullptr;
    std::byte* global_ = nullptr;
    std::byte* local_ = nullptr;
};

} // namespace tpu_convert::record
