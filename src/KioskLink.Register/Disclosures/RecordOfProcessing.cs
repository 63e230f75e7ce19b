using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KioskLink.Register.Profiles;

namespace KioskLink.Register.Disclosures;

/// <summary>The record of processing activities (GDPR article 30), written from the profile that is in force. Pure.</summary>
internal static class RecordOfProcessing
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Plain = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>The document as JSON.</summary>
    public static string Of(ConsortiumProfile profile) => new JsonObject
    {
        ["consortium"] = profile.Id,
        ["names"] = JsonSerializer.SerializeToNode(profile.Names, Plain),
        ["controllers"] = JsonSerializer.SerializeToNode(profile.Controllers, Plain),
        ["members"] = JsonSerializer.SerializeToNode(profile.Members, Plain),
        ["purposes"] = JsonSerializer.SerializeToNode(profile.Purposes, Plain),
        ["groupsOfDataSubjects"] = new JsonArray([.. profile.Groups.Select(group => (JsonNode)group.Code)]),
        ["applications"] = JsonSerializer.SerializeToNode(profile.Applications, Plain),
        ["recipients"] = new JsonArray([.. profile.Disclosures.Select(Recipient)]),
        ["otherRecipients"] = "only with the patron's recorded permission",
        ["populationRegister"] = JsonSerializer.SerializeToNode(profile.Vtj, Plain),
        ["nonEuTransfersAllowed"] = profile.NonEuTransfersAllowed,
        ["processors"] = new JsonArray([.. profile.Processors.Select(Processor)]),
        ["adapters"] = JsonSerializer.SerializeToNode(profile.Adapters, Plain),
        ["legalBases"] = new JsonArray([.. profile.LegalBases.Select(basis => (JsonNode)new JsonObject
        {
            ["code"] = basis.Code,
            ["register"] = JsonSerializer.SerializeToNode(basis.Register, Plain),
            ["laws"] = JsonSerializer.SerializeToNode(basis.Laws, Plain),
            ["purposes"] = JsonSerializer.SerializeToNode(basis.Purposes, Plain),
        })]),
        ["timeLimits"] = new JsonArray([.. profile.Retention.Select(entry => (JsonNode)new JsonObject
        {
            ["data"] = entry.Rule,
            ["keep"] = entry.Keep,
            ["when"] = JsonSerializer.SerializeToNode(entry.When, Plain),
            ["basis"] = entry.Basis,
        })]),
        ["securityMeasures"] = new JsonArray(
            "TLS with client certificates on every connection", "roles, deny by default", "audit of every read and write in a hash chain",
            "identity codes and card numbers sealed at rest under a key outside the database", "PINs stored as slow hashes, sealed",
            "nodes hold no name and no identity code"),
    }.ToJsonString(Readable);

    private static JsonObject Recipient(DisclosureProfile disclosure) => new()
    {
        ["kind"] = JsonSerializer.SerializeToNode(disclosure.Kind, Plain),
        ["recipient"] = disclosure.Recipient,
        ["basis"] = disclosure.Basis,
        ["fields"] = new JsonArray([.. DisclosureRules.FieldsOf(disclosure.Kind).Select(field => (JsonNode)field)]),
    };

    private static JsonObject Processor(ProcessorProfile processor) => new()
    {
        ["name"] = processor.Name,
        ["task"] = processor.Task,
        ["contract"] = processor.Contract,
        ["country"] = processor.Country,
        ["outsideEea"] = !DisclosureCheck.IsEea(processor.Country),
    };
}
