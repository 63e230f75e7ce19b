using System.Text.RegularExpressions;
using Grpc.Core;
using KioskLink.Register.Console.Api;
using KioskLink.Register.Console.Texts;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Console;

/// <summary>What the register refuses is told in the reader's language, by the register's own sources.</summary>
public sealed partial class ProblemWordsTests
{
    // Told to programs and operators, or told by the console's general words.
    private static readonly string[] ForMachines =
    [
        "FIELD_INVALID", "NOT_FOUND", "ROLE_NOT_ALLOWED",
        "CERTIFICATE_EXPIRED", "CERTIFICATE_FOREIGN", "CERTIFICATE_MISSING", "CERTIFICATE_NOT_YET_VALID", "CERTIFICATE_OF_NOBODY", "CERTIFICATE_REQUEST", "CERTIFICATE_REVOKED", "CERTIFICATE_UNNAMED",
        "CERTIFICATE_WITHOUT_ACCOUNT",
        "COMMAND", "CUSTODY", "CUSTODY_TOO_WEAK", "DEVICE_ROLE", "FOREIGN_BRANCH", "HELLO_MISSING", "JOURNAL_FORK", "JOURNAL_ID", "LOG_UNREADABLE", "MESSAGE",
        "NODE_KEY", "NOTICE_ID_TAKEN", "OWN_CERTIFICATE", "NO_SESSION", "PIN_ALGORITHM", "PIN_REQUIRED", "RENEWAL_TOO_EARLY", "RESTRICTED", "SNAPSHOT_DUE", "STREAM_REPLACED", "TOKEN_REFUSED", "VALID_FOR",
        // Parts of the certificate of refusal, which has words of its own.
        "ANSWERS_FOR_OTHERS", "BAN_IN_FORCE", "FEES_UNPAID", "INVOICES_UNPAID", "LEGAL_MATTER_PENDING", "LOANS_OPEN", "MATTER_UNSETTLED",
    ];

    // Fields and sentences of requests that no page sends, or that a page sends right.
    private static readonly string[] NotOfPages =
    [
        "act.door_may_open", "act.frames", "act.keys_for", "act.kind", "act.question",
        "approval", "about", "applicant", "attempt_id", "badge", "ban", "branch", "branch.capacity", "branch.doors", "branch.max_fees_cents", "branch.extended_unlock", "branch.minimum_age", "branch.offline_lending.checkouts", "branch.offline_lending.loan_days", "branch.offline_lending.max_acts", "branch.offline_policy", "branch.pin_required", "camera_time", "chunk",
        "consent", "serial_number", "certificate_request", "grant", "ids", "keep_doors", "key", "currency", "limit", "list", "marks", "marks.account_ref", "message", "node_id", "note", "outage.notices", "page_size", "page_token", "which", "version", "recipient", "received_time", "device", "part", "start", "records", "responsible.persons.person_id",
        "must be 1 or 14", "must be given, or `card_envelope`", "names no branch: give one that was applied", "lies in the past: give a day to come, or none", "goes with `no_block` alone", "was used for another kind of act", "is longer than 14: give what was read or typed", "must be 14 or 14", "must not be negative", "must be longer than 0 s", "is no person's id", "is given besides a card", "is another than in", "names branches although the scope is wider", "is given although the copy was delivered", "names a system that",
    ];

    [Fact]
    public void A_reason_word_that_a_page_may_meet_has_words_in_each_language()
    {
        var words = Sources().SelectMany(source => Reason().Matches(source)).Select(match => match.Groups["word"].Value).ToHashSet();
        Assert.Contains("SIGN_IN_REFUSED", words);
        foreach (var language in PageLanguage.All)
        {
            var texts = ConsoleTexts.Load(language);
            Assert.DoesNotContain(words.Except(ForMachines), word => !texts.ContainsKey($"reason.{word}"));
        }
    }

    [Fact]
    public void A_sentence_about_a_field_that_a_page_has_is_told_in_Finnish()
    {
        var finnish = new ConsoleTexts().In("fi");
        var untold = Sources().SelectMany(source => Wrong().Matches(source))
            .Select(match => (Field: match.Groups["field"].Value, Sentence: Place().Replace(match.Groups["sentence"].Value, "14")))
            .Where(one => !NotOfPages.Contains(one.Field) && !NotOfPages.Any(beginning => one.Sentence.StartsWith(beginning, StringComparison.Ordinal)) && !one.Field.StartsWith("notice.", StringComparison.Ordinal))
            .Where(one => ProblemWords.In(finnish, ApiProblem.Of(Refusal(one.Field, one.Sentence))).Language != "fi")
            .Select(one => $"{one.Field} {one.Sentence}");
        Assert.Equal("", string.Join('\n', untold));
    }

    [Fact]
    public void The_particular_form_comes_before_the_general_one()
    {
        var finnish = new ConsoleTexts().In("fi");
        Assert.Equal(
            "Käyttökielto on viranhaltijan päätös: kirjoita päätöksen tunnus.",
            ProblemWords.In(finnish, ApiProblem.Of(Refusal("ban.decision_ref", "is missing: a use ban is an office-holder's decision, give its reference"))).Text);
        Assert.Equal("Sarake puuttuu: user. Ensimmäisellä rivillä on sarakkeiden nimet.", ProblemWords.In(finnish, ApiProblem.Of(Refusal("log_csv", "has no column user: its header must name a, b"))).Text);
    }

    private static RpcException Refusal(string field, string sentence) =>
        new(new Status(StatusCode.InvalidArgument, $"FIELD_INVALID: `{(field.Length == 0 ? "field" : field)}` {sentence}."));

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    [GeneratedRegex("""(?:Refused\.With\(|Refused\(|Refuse\()(?:\s*StatusCode\.\w+,)?\s*"(?<word>[A-Z][A-Z_]+)",""")]
    private static partial Regex Reason();

    [GeneratedRegex("""Field\.Wrong\((?:\$?"(?<field>[^"]*)"|\w+),\s*\$?"(?<sentence>(?:[^"\\{]|\\.|\{(?:[^{}"]|"[^"]*")*\})*)"\)""")]
    private static partial Regex Wrong();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Place();
}
