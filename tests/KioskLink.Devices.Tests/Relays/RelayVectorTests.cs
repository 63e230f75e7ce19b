using KioskLink.Devices.Profiles;
using KioskLink.Devices.Relays;
using KioskLink.Devices.Relays.Modbus;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>Requests and answers of relay boards byte by byte, as their makers' papers and computed check fields have them.</summary>
public sealed class RelayVectorTests
{
    private static readonly RelayBoardOptions Eight = new() { Id = "board", Address = 1, Outputs = 8, Inputs = 8 };

    [Fact]
    public void The_crc_of_modbus_has_its_catalogued_check_value() => Assert.Equal(0x4B37, ModbusCrc.Compute("123456789"u8));

    [Theory]
    [InlineData("modbus-rtu", 8, "on 0", "010500 00FF008C3A")]
    [InlineData("modbus-rtu", 8, "off 0", "0105000000 00CDCA")]
    [InlineData("modbus-rtu", 8, "pulse 0 7", "0105020000078DB0")]
    [InlineData("modbus-rtu", 8, "pulse 0 20", "010502000014CC7D")]
    [InlineData("modbus-rtu", 8, "read", "0101000000083DCC")]
    [InlineData("modbus-rtu", 8, "inputs", "01020000000879CC")]
    [InlineData("modbus-rtu", 8, "all 255", "010F0000000801FFBED5")]
    [InlineData("kmtronic", 8, "on 0", "FF0101")]
    [InlineData("kmtronic", 8, "off 7", "FF0800")]
    [InlineData("kmtronic", 8, "read", "FF0900")]
    [InlineData("kmtronic", 2, "read", "FF0103FF0203")]
    [InlineData("lctech", 1, "on 0", "A00101A2")]
    [InlineData("lctech", 1, "off 0", "A00100A1")]
    [InlineData("numato", 4, "on 0", "72656C6179206F6E20300D")]
    [InlineData("numato", 16, "off 10", "72656C6179206F666620410D")]
    [InlineData("numato", 16, "read", "72656C61792072656164616C6C0D")]
    [InlineData("numato", 16, "all 255", "72656C6179207772697465616C6C20303066660D")]
    [InlineData("numato", 4, "identify", "0D")]
    [InlineData("devantech", 8, "identify", "5A")]
    [InlineData("devantech", 8, "read", "5B")]
    [InlineData("devantech", 8, "all 5", "5C05")]
    [InlineData("devantech", 8, "on 0", "65")]
    [InlineData("devantech", 8, "on 7", "6C")]
    [InlineData("devantech", 8, "off 0", "6F")]
    [InlineData("devantech", 8, "off 7", "76")]
    public void A_request_goes_out_byte_by_byte(string protocol, int outputs, string request, string bytes)
    {
        var target = new byte[IRelayProtocol.LongestFrame];

        var length = ProtocolOf(protocol).Write(Eight with { Outputs = outputs }, RequestOf(request), target);

        Assert.Equal(bytes.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(target.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("modbus-rtu", 8, "on 0", "010500 00FF008C3A", "done")]
    [InlineData("modbus-rtu", 8, "on 0", "010500 00FF008C", "incomplete")]
    [InlineData("modbus-rtu", 8, "on 0", "010500 00FF008C3B", "wrong")]
    [InlineData("modbus-rtu", 8, "on 0", "0105000000 00CDCA", "wrong")]
    [InlineData("modbus-rtu", 8, "on 0", "018502C351", "refused")]
    [InlineData("modbus-rtu", 8, "on 0", "02", "wrong")]
    [InlineData("modbus-rtu", 8, "read", "010101 05918B", "5")]
    [InlineData("modbus-rtu", 8, "read", "0101 0205918B00", "wrong")]
    [InlineData("modbus-rtu", 8, "inputs", "01020103E189", "3")]
    [InlineData("modbus-rtu", 8, "inputs", "010103000000", "wrong")]
    [InlineData("modbus-rtu", 8, "inputs", "018202C161", "refused")]
    [InlineData("modbus-rtu", 8, "all 255", "010F00000008540D", "done")]
    [InlineData("kmtronic", 8, "read", "0100000000000001", "129")]
    [InlineData("kmtronic", 8, "read", "01000000000000", "incomplete")]
    [InlineData("kmtronic", 4, "read", "00000002", "wrong")]
    [InlineData("kmtronic", 2, "read", "FF0100FF0201", "2")]
    [InlineData("kmtronic", 2, "read", "FF0200FF0101", "wrong")]
    [InlineData("numato", 4, "on 0", "72656C6179206F6E20300A0D3E", "done")]
    [InlineData("numato", 4, "on 0", "72656C6179206F6E20300A0D", "incomplete")]
    [InlineData("numato", 4, "on 0", "72656C6179206F6E20310A0D3E", "wrong")]
    [InlineData("numato", 4, "on 0", "72656C6179206F6E20300A0D6572720A0D3E", "refused")]
    [InlineData("numato", 16, "read", "72656C61792072656164616C6C0A0D303030350A0D3E", "5")]
    [InlineData("devantech", 8, "identify", "0801", "done")]
    [InlineData("devantech", 8, "identify", "0901", "done")]
    [InlineData("devantech", 8, "identify", "0F01", "done")]
    [InlineData("devantech", 8, "identify", "0A01", "refused")]
    [InlineData("devantech", 8, "read", "81", "129")]
    public void An_answer_is_read_byte_by_byte(string protocol, int outputs, string request, string bytes, string meaning)
    {
        var received = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));

        var reply = ProtocolOf(protocol).Read(Eight with { Outputs = outputs }, RequestOf(request), received);

        Assert.Equal(meaning, reply.States?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? $"{reply.Kind}".ToLowerInvariant());
    }

    internal static IRelayProtocol ProtocolOf(string name) => RelayProtocols.Of(DeviceProtocols.Find(name)!.Value)!;

    private static RelayRequest RequestOf(string words)
    {
        var parts = words.Split(' ');
        var number = parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        return parts[0] switch
        {
            "on" => RelayRequest.Set(number, true),
            "off" => RelayRequest.Set(number, false),
            "pulse" => RelayRequest.Pulse(number, int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)),
            "all" => RelayRequest.SetAll((uint)number),
            "identify" => RelayRequest.Identify,
            "inputs" => RelayRequest.ReadInputs,
            _ => RelayRequest.Read,
        };
    }
}
