import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asked in lines "3a file" or "ua1 file": answers each broken rule with its first place, then an empty line. */
class Verapdf {
    public static void main(String[] none) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            String[] words = line.split(" ", 2);
            broken(PDFAFlavour.byFlavourId(words[0]), new File(words[1])).forEach(
                (rule, place) -> System.out.println((rule + " @ " + place).replace('\n', ' ')));
            System.out.println();
            System.out.flush();
        }
    }

    private static Map<String, String> broken(PDFAFlavour standard, File file) throws Exception {
        Map<String, String> found = new TreeMap<>();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, standard);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(standard, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion one : result.getTestAssertions()) {
                String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
                found.putIfAbsent(rule + ": " + one.getMessage(), one.getLocation().getContext());
            }
            if (!result.isCompliant() && found.isEmpty()) {
                found.put("refused", "" + result.getJobEndStatus());
            }
        }
        return found;
    }
}
