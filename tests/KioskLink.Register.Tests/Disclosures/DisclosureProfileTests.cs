using System.Text.Json.Nodes;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Disclosures;
using KioskLink.Register.Profiles;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Disclosures;

/// <summary>What a profile may say of recipients and processors.</summary>
public sealed class DisclosureProfileTests
{
    [Theory]
    [InlineData("lastu", PopulationRegisterMode.None, false)]
    [InlineData("heili", PopulationRegisterMode.BillingOnly, false)]
    [InlineData("helmet", PopulationRegisterMode.CheckAndUpdate, true)]
    internal void R52_R54_The_shipped_profiles_say_what_the_documents_say(string name, PopulationRegisterMode vtj, bool nonEu)
    {
        var profile = ProfileReader.Load(name);

        Assert.Equal((vtj, nonEu), (profile.Vtj, profile.NonEuTransfersAllowed));
    }

    [Theory]
    [InlineData("heili", "register description 12.2.2015")]
    [InlineData("helmet", "Act 661/2009; register description")]
    public void R52_A_profile_that_asks_the_population_register_says_on_which_basis_or_does_not_load(string name, string basis)
    {
        var profile = ProfileReader.Load(name);

        Assert.Contains(basis, profile.VtjBasis, StringComparison.Ordinal);
        Assert.Contains("`vtjBasis`", ProfileCheck.Problem(profile with { VtjBasis = " " }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lastu")]
    [InlineData("heili")]
    public void R50_R51_Only_the_profile_that_names_invoicing_has_it(string name)
    {
        var profile = ProfileReader.Load(name);

        Assert.Equal(name == "heili", DisclosureRules.Find(profile, DisclosureKind.Invoicing) is not null);
        Assert.Null(DisclosureRules.Find(profile, DisclosureKind.Collection));
    }

    [Theory]
    [InlineData("US")]
    [InlineData("GB")]
    [InlineData("CH")]
    public void R54_A_processor_outside_the_EEA_stops_a_profile_that_allows_none(string country)
    {
        var problem = Assert.Throws<ProfileProblem>(() => Read($"\"country\": \"{country}\""));

        Assert.Contains("processors.country", problem.Message, StringComparison.Ordinal);
        Assert.Contains(country, problem.Message, StringComparison.Ordinal);
        Assert.Equal(country, Read($"\"country\": \"{country}\"", "\"nonEuTransfersAllowed\": true").Processors[0].Country);
        Assert.Equal("NO", Read("\"country\": \"NO\"").Processors[0].Country);
    }

    [Theory]
    [InlineData("\"country\": \"FI\"", "\"country\": \"Finland\"", "processors.country")]
    [InlineData("\"contract\": \"Consortium agreement, applications\"", "\"contract\": \"\"", "processors.contract")]
    [InlineData("\"storageLocation\": \"Server of the City of Heinola\"", "\"storageLocation\": \"\"", "applications.storageLocation")]
    [InlineData("\"adultGroup\": \"adult\"", "\"adultGroup\": \"wizard\"", "applications.adultGroup")]
    [InlineData("\"disclosures\": []", "\"disclosures\": [ { \"kind\": \"collection\", \"recipient\": \"A\", \"basis\": \"B\" } ]", "disclosures.overdueDays")]
    [InlineData("\"disclosures\": []", "\"disclosures\": [ { \"kind\": \"invoicing\", \"recipient\": \"\", \"basis\": \"B\" } ]", "disclosures.recipient")]
    [InlineData("\"disclosures\": []", "\"disclosures\": [ { \"kind\": \"with-permission\", \"recipient\": \"A\", \"basis\": \"B\" } ]", "disclosures.kind")]
    [InlineData("\"disclosures\": []", "\"disclosures\": [ { \"kind\": \"gossip\", \"recipient\": \"A\", \"basis\": \"B\" } ]", "disclosures")]
    [InlineData("\"vtj\": \"none\"", "\"vtj\": \"often\"", "vtj")]
    public void R44_R51_What_is_wrong_is_told_in_one_sentence_that_names_the_key(string right, string wrong, string key)
    {
        var problem = Assert.Throws<ProfileProblem>(() => ProfileReader.Read(Text().Replace(right, wrong, StringComparison.Ordinal), "mine"));

        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public async Task R44_Processors_are_listed_with_contract_and_country_and_stand_in_the_record_of_processing()
    {
        await using var register = await DisclosureDesk.StartAsync();
        var desk = new DisclosureDesk(register);

        var list = await desk.Service.ListProcessors(new ListProcessorsRequest(), TestCall.Admin());
        var record = JsonNode.Parse((await desk.Service.ExportRecordOfProcessing(new ExportRecordOfProcessingRequest(), TestCall.Admin())).Document)!;

        var processor = list.Processors.Single();
        Assert.Equal(("City of Heinola", "FI", false), (processor.Name, processor.Country, processor.OutsideEea));
        Assert.NotEmpty(processor.Contract);
        Assert.Equal(processor.Contract, (string?)record["processors"]![0]!["contract"]);
        Assert.Equal(["collection", "invoicing", "invoice-collection"], record["recipients"]!.AsArray().Select(one => (string?)one!["kind"]));
        Assert.Equal(7, record["recipients"]![0]!["fields"]!.AsArray().Count);
    }

    [Fact]
    public async Task R35_The_record_of_processing_tells_where_applications_are_stored()
    {
        await using var register = await TestRegister.StartAsync();

        Assert.Contains("Server of the City of Heinola", RecordOfProcessing.Of(register.Profile), StringComparison.Ordinal);
    }

    private static ConsortiumProfile Read(string country, string transfers = "\"nonEuTransfersAllowed\": false") => ProfileReader.Read(
        Text().Replace("\"country\": \"FI\"", country, StringComparison.Ordinal).Replace("\"nonEuTransfersAllowed\": false", transfers, StringComparison.Ordinal), "mine");

    private static string Text() => File.ReadAllText(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register/Profiles/lastu.json"));
}
