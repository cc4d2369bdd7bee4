package io.tercet.files.ftp;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The certificate of the FTP server. The first start makes it, readable for its owner only.
///
/// It protects data on the way. It does not prove who answers: a client has to accept it once, as
/// with SSH. An operator may replace the file by another PKCS #12 file with the same password.
final class SelfSignedCertificate {
  /// PKCS #12 needs a password; the permissions of the file protect the key.
  static final String PASSWORD = "tercet";

  private static final Duration LIFE = Duration.ofDays(3650);

  private SelfSignedCertificate() {}

  /// Makes the file if it is missing.
  static Path at(Path file, Clock clock) {
    if (Files.exists(file)) {
      return file;
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = keys.generateKeyPair();
      store.setKeyEntry(
          "ftp",
          pair.getPrivate(),
          PASSWORD.toCharArray(),
          new X509Certificate[] {sign(pair, clock.instant())});
      write(store, file);
      return file;
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("the certificate for FTP cannot be made", e);
    }
  }

  private static X509Certificate sign(KeyPair pair, Instant now)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    X500Name name = new X500Name("CN=tercet");
    GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost"));
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(now.toEpochMilli()),
                    Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(LIFE)),
                    name,
                    pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, names)
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  // Renamed into place, so that a crash leaves no incomplete file.
  private static void write(KeyStore store, Path file)
      throws IOException, GeneralSecurityException {
    Path half = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(half);
    Files.createFile(
        half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(half, StandardOpenOption.WRITE)) {
      store.store(out, PASSWORD.toCharArray());
    }
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
