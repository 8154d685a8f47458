// The URIs that scanners are compared by: what carries a credential and what only looks like it.
//
// Thread-safety: constant data.
#pragma once

namespace oakum {

struct UriCase {
  const char* uri;  // with @@token:NAME@@ for a vendor's token
  const char* expected;
};

// The 20 real cases of the comparison of scanners in scanners.md 2.2.
inline constexpr UriCase kRealUris[] = {
    {"https://deploy:s3cr3t-Pw-2291@nexus.corp.io/simple", "password literal"},
    {"http://deploy:s3cr3t-Pw-2291@nexus:8081/simple", "password literal"},
    {"https://deploy:p%40ss%2Fw0rd@nexus.corp.io/simple", "password literal"},
    {"https://deploy:Pa!s+s=w0rd@nexus.corp.io/simple", "password literal"},
    {"https://deploy:pa$s9word@nexus.corp.io/simple", "password literal"},
    {"https://@@token:github-pat@@@github.com/o/r.git", "user literal"},
    {"redis://:s3cr3t-Pw-2291@cache.corp.io:6379/0", "password literal"},
    {"https://__token__:@@token:pypi@@@pypi.corp.io/simple", "password literal"},
    {"https://user:@@token:hf@@@huggingface.co/o/m", "password literal"},
    {"git+https://oauth2:@@token:gitlab-pat@@@gitlab.com/o/r.git", "password literal"},
    {"https://admin:hunter2@nexus.corp.io/simple", "password literal"},
    {"https://deploy:myPassword123!@nexus.corp.io/simple", "password literal"},
    {"https://ci-user:s3cr3t-Pw-2291@nexus.corp.io/simple", "password literal"},
    {"postgresql://app:s3cr3t-Pw-2291@db.corp.io/app", "password literal"},
    {"amqp://app:s3cr3t-Pw-2291@mq.corp.io:5672/", "password literal"},
    {"https://deploy:s3cr3t-Pw-2291@[2001:db8::1]:8443/simple", "password literal"},
    {"https://deploy:@@token:jfrog-reference@@@corp.jfrog.io/simple", "password literal"},
    {"https://jane%40corp.io:s3cr3t-Pw-2291@nexus.corp.io/simple", "password literal"},
    {"https://acct.blob.core.windows.net/c/x.zip?sv=2022-11-02&sr=b&sp=r&se=2027-01-01T00:00:00Z"
     "&sig=b7Xk2Lw9Qz4Rt6Yvb7Xk2Lw9Qz4Rt6Yv%3D",
     "query literal expires"},
    {"s3://@@token:aws-key-id@@:@@token:aws-secret-key@@@bucket/key", "password literal"},
};

// ... and the 16 placeholders.
inline constexpr const char* kPlaceholderUris[] = {
    "https://<user>:<token>@nexus.corp.io/simple",
    "https://user:xxxxxxxx@nexus.corp.io/simple",
    "https://user:password@example.com/simple",
    "https://%USER%:%TOKEN%@nexus.corp.io/simple",
    "https://YOUR_USERNAME:YOUR_TOKEN@nexus.corp.io/simple",
    "https://{user}:{token}@nexus.corp.io/simple",
    "https://user:REDACTED@nexus.corp.io/simple",
    "https://user:...@nexus.corp.io/simple",
    "https://user:$PIP_TOKEN@nexus.corp.io/simple",
    "https://user:${PIP_TOKEN_TEXT}@nexus.corp.io/simple",
    "https://user:****@nexus.corp.io/simple",
    "https://{{user}}:{{token}}@nexus.corp.io/simple",
    "https://user:[pat]@nexus.corp.io/simple",
    "https://user:changeme@nexus.corp.io/simple",
    "https://user:your-password@nexus.corp.io/simple",
    "https://user:$(cat,token)@nexus.corp.io/simple",
};

}  // namespace oakum
