/* What libgit2's network transports ask of other libraries, each answered "unavailable".
 *
 * oakum uses libgit2 for ignore rules and the index alone: it never opens a connection. Yet the
 * archive names these functions, and one of them is called at start. RFC 2744, section 3.9.1:
 * GSS_S_UNAVAILABLE is 16 in bits 16 to 23. */

/* Debian ships libgit2 as an archive but not libgssapi. None of these is ever called; with them the
 * release binary depends on glibc only. */
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

/* git_libgit2_init() would parse the system's certificates, a tenth of the time of a small scan.
 * Linked with --wrap, so that this stands in for mbedtls' own. */
#define MBEDTLS_ERR_X509_FILE_IO_ERROR -0x2900

int __wrap_mbedtls_x509_crt_parse_file(void* chain, const char* path) {
  (void)chain;
  (void)path;
  return MBEDTLS_ERR_X509_FILE_IO_ERROR;
}
