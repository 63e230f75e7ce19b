using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Patrons;
using KioskLink.Register.Tests.Running;

namespace KioskLink.Register.Tests.Sync;

/// <summary>What the edge cannot know it cannot leak: nothing personal goes to a node.</summary>
public sealed partial class EdgePrivacyTests
{
    // Words, not names: a field that is added tomorrow is found by the word in it.
    private static readonly string[] Personal =
        ["surname", "first_name", "identity", "birth", "born", "street", "postal", "email", "phones", "contact", "gender", "customer_id", "address"];

    [Fact]
    public void R9_No_message_that_goes_to_a_node_has_a_field_for_a_name_an_address_or_an_identity_code()
    {
        var fields = ToNodes().SelectMany(message => message.Fields.InDeclarationOrder()).ToList();

        Assert.Contains(fields, field => field.FullName == "kiosklink.types.v1.Entitlement.group");
        Assert.Empty(fields.Where(field => Personal.Any(word => field.Name.Contains(word, StringComparison.Ordinal))).Select(field => field.FullName));
        // Nor may a node be given a whole patron in a message of another name.
        Assert.DoesNotContain(Patron.Descriptor, ToNodes());
        Assert.DoesNotContain(Contact.Descriptor, ToNodes());
    }

    [Fact]
    public async Task R9_What_a_node_is_sent_of_a_patron_holds_neither_name_nor_address_nor_identity_code()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var card = Library.Card(1);
        await StoreAsync(register, card);
        var node = await register.EnrolAsync(Library.Branch);
        await register.EnterAsync(card, "8317");
        using var sync = await node.SyncAsync();
        await sync.WelcomeAsync();

        var (states, _) = await sync.UntilCompleteAsync();
        while (states.All(state => state.Entitlement is null))
        {
            (states, _) = await sync.UntilCompleteAsync();
        }

        var sent = Encoding.Latin1.GetString([.. states.SelectMany(state => state.ToByteArray())]);
        foreach (var secret in new[] { "Salainen", "Nimi", "010594Y9032", "Salakuja", "salainen@example.org", "+358401234567", card, "1994-05-01" })
        {
            Assert.DoesNotContain(secret, sent, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotMatch(IdentityCodePattern(), sent);
    }

    private static async Task StoreAsync(RunningRegister register, string card)
    {
        var contact = PatronDataTests.Anywhere();
        (contact.Address.Street, contact.Email) = ("Salakuja 1", "salainen@example.org");
        var patron = new Patron
        {
            CustomerId = "1",
            Surname = "Salainen",
            FirstNames = "Nimi",
            DateOfBirth = "1994-05-01",
            IdentityCode = "010594Y9032",
            Group = "adult",
            TermsAcceptedOn = "2026-01-01",
            Contact = contact,
            Gender = Gender.Female,
        };
        await new PatronService.PatronServiceClient(register.Admin).UpsertPatronAsync(new UpsertPatronRequest { Patron = patron });
        await new CardService.CardServiceClient(register.Admin).IssueCardAsync(
            new IssueCardRequest { CustomerId = "1", Card = new Card { CardNumber = card }, Pin = ByteString.CopyFromUtf8("8317") });
    }

    /// <summary>Every message that answers a call which nodes may make, and all that those hold.</summary>
    private static HashSet<MessageDescriptor> ToNodes()
    {
        var messages = new HashSet<MessageDescriptor>();
        var methods = typeof(NodeService).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(NodeService).Namespace)
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<ServiceDescriptor>()
            .SelectMany(service => service.Methods)
            .Where(method => CallRights.Of($"/{method.Service.FullName}/{method.Name}")?.Roles.Has(CallerRole.Node) ?? false);
        foreach (var method in methods)
        {
            Collect(method.OutputType, messages);
        }

        return messages;
    }

    private static void Collect(MessageDescriptor message, HashSet<MessageDescriptor> found)
    {
        if (!found.Add(message))
        {
            return;
        }

        foreach (var field in message.Fields.InDeclarationOrder().Where(field => field.FieldType == FieldType.Message))
        {
            Collect(field.MessageType, found);
        }
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y](?![0-9A-Za-z])")]
    private static partial Regex IdentityCodePattern();
}
