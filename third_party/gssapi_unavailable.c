/* The GSSAPI functions that libgit2's HTTP transport names, each answering "unavailable".
 *
 * Debian ships libgit2 as an archive but not libgssapi, and oakum uses libgit2 for ignore rules
 * alone: it never opens a connection, so none of these is ever called. With them the release binary
 * depends on glibc only. RFC 2744, section 3.9.1: GSS_S_UNAVAILABLE is 16 in bits 16 to 23. */

#define GSS_S_UNAVAILABLE (16u << 16)
#define UNAVAILABLE(name) \
  unsigned name(void) { return GSS_S_UNAVAILABLE; }

UNAVAILABLE(gss_delete_sec_context)
UNAVAILABLE(gss_display_status)
UNAVAILABLE(gss_import_name)
UNAVAILABLE(gss_indicate_mechs)
UNAVAILABLE(gss_init_sec_context)
UNAVAILABLE(gss_release_buffer)
UNAVAILABLE(gss_release_name)
UNAVAILABLE(gss_release_oid_set)
UNAVAILABLE(gss_test_oid_set_member)

void* GSS_C_NT_HOSTBASED_SERVICE = 0;
