// The code of fmt, compiled once for programs that are linked statically: Debian ships no archive of
// it, and taking it from the headers more than doubles the cost of compiling every file of ours.
//
// format-inl.h defines the functions; the templates that fmt's other headers leave to its library
// are instantiated here.
#include <fmt/format-inl.h>

template auto fmt::detail::thousands_sep_impl<char>(fmt::detail::locale_ref)
    -> fmt::detail::thousands_sep_result<char>;
template auto fmt::detail::decimal_point_impl<char>(fmt::detail::locale_ref) -> char;
template auto fmt::detail::dragonbox::to_decimal<float>(float) noexcept
    -> fmt::detail::dragonbox::decimal_fp<float>;
template auto fmt::detail::dragonbox::to_decimal<double>(double) noexcept
    -> fmt::detail::dragonbox::decimal_fp<double>;
