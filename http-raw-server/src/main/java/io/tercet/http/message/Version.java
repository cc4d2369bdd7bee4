package io.tercet.http.message;

/// The supported versions of HTTP. A later 1.x counts as 1.1 (RFC 9110 §2.5).
public enum Version {
  HTTP_1_0,
  HTTP_1_1
}
