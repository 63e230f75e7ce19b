using KioskLink.Protos.Register.V1;
using KioskLink.Register.Rights;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Tests.Rights;

/// <summary>What a data subject reads has words in each language, and no codes (R74, R79).</summary>
public sealed class RightsTextTests
{
    private static readonly Language[] Languages = [Language.Fi, Language.Sv, Language.En];

    [Fact]
    public async Task R74_R79_Every_hold_and_every_store_has_words_in_each_language()
    {
        await using var register = await TestRegister.StartAsync();
        string[] keys =
        [
            .. register.Service<SubjectHolds>().All.Select(hold => hold.Code),
            .. register.Service<IEnumerable<ISubjectStore>>().Select(store => store.Name),
            .. Enum.GetValues<RequestKind>().Where(kind => kind != RequestKind.Unspecified).Select(kind => $"{kind}"),
        ];

        var untold = keys.SelectMany(key => Languages, (key, language) => (key, language)).Where(one => RightsTexts.Of(one.key, one.language) == one.key);

        Assert.Empty(untold);
    }

    [Fact]
    public async Task R79_The_certificate_of_a_refused_erasure_is_in_the_person_s_own_language()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1, patron => patron.Language = Protos.Types.V1.Language.Sv);
        await register.Notes.AddNote(new AddNoteRequest { CustomerId = "10001", Note = new PatronNote { Body = "a matter", Unsettled = true } }, TestCall.Admin());
        var rights = register.Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(
            new OpenRequestRequest { Kind = RequestKind.Erase, CustomerId = "10001", Channel = "desk", IdentifiedBy = "in-person-id-document" }, TestCall.Admin());

        var refused = await rights.EraseSubject(new EraseSubjectRequest { RequestId = asked.Request.Id, Reason = "asked for it" }, TestCall.Admin());

        var certificate = System.Net.WebUtility.HtmlDecode(refused.DocumentHtml.ToStringUtf8());
        Assert.Contains("Intyg om avslag", certificate, StringComparison.Ordinal);
        Assert.DoesNotContain("MATTER_UNSETTLED", certificate, StringComparison.Ordinal);
    }
}
