import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges certification paths by the PKIX validator of the Java runtime, revocation apart.
 *
 * In, one path a line, fields between tabs: id, moment, anchor, path (leaf first), acceptable policies, and `true` or
 * `false` for explicit policy, inhibited mapping and inhibited any-policy. Certificates are DER in Base64, lists have
 * commas. Out: id, `VALID`, `INVALID` or `BROKEN`, and the reason.
 */
class PkixJudge {
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] fields = line.split("\t", -1);
      System.out.println(fields[0] + "\t" + answer(fields));
    }
  }

  private static String answer(String[] fields) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> path = new ArrayList<>();
    try {
      for (String der : fields[3].split(",")) path.add(read(factory, der));
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(read(factory, fields[2]), null)));
      parameters.setDate(Date.from(Instant.parse(fields[1])));
      parameters.setRevocationEnabled(false);
      parameters.setPolicyQualifiersRejected(false);
      parameters.setInitialPolicies(new HashSet<>(List.of(fields[4].split(","))));
      parameters.setExplicitPolicyRequired(Boolean.parseBoolean(fields[5]));
      parameters.setPolicyMappingInhibited(Boolean.parseBoolean(fields[6]));
      parameters.setAnyPolicyInhibited(Boolean.parseBoolean(fields[7]));
      CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(path), parameters);
      return "VALID\t";
    } catch (CertPathValidatorException error) {
      return "INVALID\t" + error.getReason() + " " + error.getMessage();
    } catch (RuntimeException error) {
      // The runtime cannot intersect some constraints.
      return "BROKEN\t" + error;
    }
  }

  private static X509Certificate read(CertificateFactory factory, String der) throws Exception {
    byte[] bytes = Base64.getDecoder().decode(der);
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes));
  }
}
