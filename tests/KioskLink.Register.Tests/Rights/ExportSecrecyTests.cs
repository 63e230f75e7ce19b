using System.Net;
using System.Text.Json.Nodes;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Rights;

/// <summary>What is handed out of a person is secret, and says so (R43). Files of disclosures and of the camera books: their own tests.</summary>
public sealed class ExportSecrecyTests
{
    [Theory]
    [InlineData(Language.Fi, "SALASSA PIDETTÄVÄ (laki 621/1999, 24 § 1 mom. 32 k.)")]
    [InlineData(Language.Sv, "SEKRETESSBELAGD (lag 621/1999, 24 § 1 mom. 32 p.)")]
    [InlineData(Language.En, "SECRET (Act 621/1999, section 24(1)(32))")]
    public async Task R43_A_data_subject_s_export_is_marked_secret_in_the_document_and_in_the_file_for_programs(Language language, string mark)
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        var export = await register.ExportAsync(language: language);

        Assert.Contains($"<p class=\"secret\">{mark}</p>", WebUtility.HtmlDecode(export.DocumentHtml.ToStringUtf8()), StringComparison.Ordinal);
        Assert.Equal("SECRET (Act 621/1999, section 24(1)(32))", (string)JsonNode.Parse(export.DocumentJson.ToStringUtf8())!["secrecy"]!);
    }
}
