/** A line each, as in `faces.ts`. */
export const SIGNS = `
❤️ tim đỏ, yêu | red heart, love
🧡 tim cam | orange heart
💛 tim vàng | yellow heart
💚 tim xanh lá | green heart
💙 tim xanh dương | blue heart
💜 tim tím | purple heart
🖤 tim đen | black heart
🤍 tim trắng | white heart
💔 tim vỡ, thất tình | broken heart
❣️ dấu than tim | heart exclamation
💕 hai trái tim | two hearts
💓 tim đập | beating heart
💖 tim lấp lánh | sparkling heart
💘 mũi tên tình yêu | heart arrow
💝 tim thắt nơ, quà | heart ribbon, gift
💋 dấu son, nụ hôn | kiss mark
💯 một trăm điểm, chuẩn | hundred, perfect
✅ xong, đúng, đã kiểm tra | done, check, yes
☑️ ô đã chọn | ticked box
✔️ dấu tích | tick, check mark
❌ sai, hủy, không | cross, no, cancel
❎ ô dấu nhân | cross box
❗ chú ý, chấm than | exclamation, attention
❓ câu hỏi, chấm hỏi | question
⚠️ cảnh báo | warning
🚫 cấm, không được | prohibited, no
⛔ cấm vào | no entry
♻️ tái chế | recycle
🆕 mới, hàng mới | new
🆗 ok | ok
🆓 miễn phí | free
🔝 hàng đầu | top
🔜 sắp có | soon
🔥 lửa, hot, bán chạy | fire, hot
✨ lấp lánh, mới tinh | sparkles, brand new
⭐ ngôi sao, đánh giá | star, rating
🌟 sao sáng, nổi bật | glowing star
💫 sao xoay | dizzy star
⚡ sét, điện, nhanh, giảm sốc | lightning, electricity, fast
💥 nổ, bùng nổ | boom, explosion
💢 tức | anger
💦 nước bắn | water drops
💤 ngủ | zzz, sleep
💬 tin nhắn, lời nói | speech, message
💭 suy nghĩ | thought
🎉 chúc mừng, pháo giấy | congratulations, party
🎊 chúc mừng, bóng giấy | confetti
🎀 nơ | bow, ribbon
🎗️ dải ruy băng | reminder ribbon
🔔 chuông, nhắc | bell, reminder
🔕 tắt chuông | muted bell
📣 loa, thông báo | announcement, megaphone
📌 ghim | pin
📍 địa chỉ, vị trí | location, address
🔴 đỏ, chấm đỏ | red
🟠 cam, chấm cam | orange
🟡 vàng, chấm vàng | yellow
🟢 xanh lá, chấm xanh | green
🔵 xanh dương | blue
🟣 tím | purple
⚫ đen | black
⚪ trắng | white
🟤 nâu | brown
➡️ mũi tên phải | right arrow
⬅️ mũi tên trái | left arrow
⬆️ mũi tên lên, tăng | up arrow, increase
⬇️ mũi tên xuống, giảm | down arrow, decrease
1️⃣ số một | one
2️⃣ số hai | two
3️⃣ số ba | three
4️⃣ số bốn | four
5️⃣ số năm | five
`;

export const NATURE = `
🐶 chó | dog
🐱 mèo | cat
🐭 chuột | mouse
🐰 thỏ | rabbit
🐻 gấu | bear
🐼 gấu trúc | panda
🐯 hổ, cọp | tiger
🐮 bò | cow
🐷 heo, lợn | pig
🐸 ếch | frog
🐔 gà | chicken
🐧 chim cánh cụt | penguin
🐦 chim | bird
🦆 vịt | duck
🐝 ong | bee
🦋 bướm | butterfly
🐢 rùa | turtle
🐍 rắn | snake
🐉 rồng | dragon
🐴 ngựa | horse
🐐 dê | goat
🐟 cá | fish
🐳 cá voi | whale
🌸 hoa anh đào, hoa | blossom, flower
🌹 hoa hồng | rose
🌻 hoa hướng dương | sunflower
🌷 hoa tulip | tulip
🌼 hoa cúc, hoa mai | daisy, blossom
💐 bó hoa, tặng hoa | bouquet
🪷 hoa sen | lotus
🌿 lá, thiên nhiên | herb, natural
🍀 cỏ bốn lá, may mắn | clover, luck
🌱 mầm cây | seedling
🌳 cây | tree
🌴 cây cọ, du lịch | palm tree
🌵 xương rồng | cactus
🎋 cây tre, cây nêu | bamboo, tanabata tree
🌞 mặt trời, nắng | sun, sunny
🌙 trăng, đêm | moon, night
🌈 cầu vồng | rainbow
☀️ nắng | sunny
⛅ có mây | partly cloudy
🌧️ mưa | rain
⛈️ giông | thunderstorm
❄️ tuyết, lạnh | snow, cold
🌊 sóng, biển | wave, sea
`;

export const FOOD = `
🍎 táo | apple
🍊 cam, quýt | orange, tangerine
🍌 chuối | banana
🍉 dưa hấu | watermelon
🍇 nho | grapes
🍓 dâu tây | strawberry
🥭 xoài | mango
🍍 dứa, thơm | pineapple
🥥 dừa | coconut
🍑 đào | peach
🍋 chanh | lemon
🥑 bơ | avocado
🍅 cà chua | tomato
🌽 ngô, bắp | corn
🌶️ ớt, cay | chili, spicy
🥕 cà rốt | carrot
🥬 rau | leafy green, vegetable
🍚 cơm | rice
🍜 phở, mì, bún | noodles, pho
🍲 lẩu, canh | hot pot, stew
🥖 bánh mì | bread, baguette
🍞 bánh mì lát | bread
🥟 há cảo, bánh xếp | dumpling
🍤 tôm | shrimp
🍗 đùi gà | chicken leg
🍖 thịt | meat
🥩 bít tết, thịt bò | steak, beef
🍳 trứng | egg
🍕 pizza | pizza
🍔 hăm bơ gơ | burger
🍟 khoai tây chiên | fries
🎂 bánh sinh nhật | birthday cake
🍰 bánh ngọt | cake
🍪 bánh quy | cookie
🍫 sô cô la | chocolate
🍬 kẹo | candy
🍦 kem | ice cream
☕ cà phê, trà nóng | coffee, hot tea
🍵 trà, chè xanh | green tea
🧋 trà sữa | bubble tea
🥤 nước ngọt | soft drink
🍺 bia | beer
🍻 cụng ly, dô | cheers, beers
🥂 nâng ly, chúc mừng | toast, champagne
🍷 rượu vang | wine
🥢 đũa | chopsticks
🍽️ bát đĩa, ăn cơm | plate, meal
`;

export const OBJECTS = `
🎁 quà, tặng | gift, present
🧧 lì xì, bao đỏ, tết | red envelope, lucky money, Tet
🎈 bong bóng | balloon
🏮 đèn lồng | lantern
🎆 pháo hoa | fireworks
🛒 giỏ hàng, mua | cart, buy
🛍️ túi mua sắm | shopping bags
📦 kiện hàng, gói hàng, đóng gói | package, parcel
🚚 giao hàng, xe tải, vận chuyển | delivery truck, shipping
🛵 xe máy, giao hàng | motorbike, scooter, delivery
🚗 ô tô, xe hơi | car
🚌 xe buýt | bus
🚲 xe đạp | bicycle
✈️ máy bay | airplane, flight
🚢 tàu thủy | ship
🏠 nhà | house, home
🏡 nhà vườn | house with garden
🏢 văn phòng, tòa nhà, chung cư | office, building, apartment
🏪 cửa hàng | shop, store
🏬 siêu thị, trung tâm thương mại | department store, mall
🏫 trường học | school
🏥 bệnh viện | hospital
🏦 ngân hàng | bank
🏨 khách sạn | hotel
🏗️ công trình, xây dựng | construction
🔑 chìa khóa | key
🚪 cửa | door
🛏️ giường | bed
🛋️ ghế sofa | sofa
🪑 ghế | chair
🚿 vòi sen | shower
💡 bóng đèn, ý tưởng | light bulb, idea
🔌 phích cắm, dây điện | plug, electric
🔋 pin | battery
🔦 đèn pin | flashlight
🧯 bình chữa cháy | fire extinguisher
🔧 cờ lê, sửa chữa | wrench, repair
🔨 búa | hammer
🪛 tua vít | screwdriver
⚙️ bánh răng, cài đặt | gear, settings
📏 thước, đo | ruler, measure
✂️ kéo | scissors
👗 váy, đầm | dress
👕 áo thun | t-shirt
👔 áo sơ mi, cà vạt | shirt, tie
👖 quần jean | jeans
🧥 áo khoác | coat, jacket
👠 giày cao gót | high heels
👟 giày thể thao | sneakers
👡 dép, sandal | sandal
👜 túi xách | handbag
🎒 ba lô | backpack
👒 mũ, nón | hat
🧢 mũ lưỡi trai | cap
👓 kính | glasses
💍 nhẫn | ring
💄 son môi | lipstick
🧴 kem dưỡng, sữa tắm | lotion, cream
🧼 xà phòng | soap
🪞 gương | mirror
💎 đá quý, kim cương | gem, diamond
⌚ đồng hồ đeo tay | watch
📱 điện thoại | phone, mobile
💻 máy tính xách tay | laptop
🖥️ máy tính | computer
🖨️ máy in | printer
📷 máy ảnh, ảnh | camera, photo
🎥 máy quay, video | video camera
📺 ti vi | television
🎧 tai nghe | headphones
🎤 micro | microphone
☎️ điện thoại bàn | telephone
📞 gọi điện | call, receiver
✉️ thư | letter
📧 e-mail | e-mail
📝 ghi chú | note, memo
📄 giấy tờ, hợp đồng | document, contract
🧾 hóa đơn | receipt, invoice
📚 sách | books
📖 sách mở, đọc | open book, read
🎓 tốt nghiệp, học | graduation, study
✏️ bút chì | pencil
🖊️ bút | pen
📅 lịch, ngày hẹn | calendar, date
⏰ báo thức, đúng giờ | alarm clock
⏳ đợi, đồng hồ cát | waiting, hourglass
🕐 một giờ, giờ | one o'clock, time
📊 biểu đồ | chart
📈 tăng | growth, rising
📉 giảm | falling
💰 túi tiền | money bag
💵 tiền mặt, đô la | cash, dollar
💳 thẻ, thanh toán | card, payment
🏷️ giá, nhãn giá, khuyến mãi | price tag, sale
🔒 khóa, bảo mật | lock, secure
🛡️ bảo vệ, bảo hiểm, bảo hành | shield, insurance, warranty
☂️ ô, dù, bảo hiểm | umbrella, insurance
💊 thuốc | pill, medicine
🩺 khám bệnh | stethoscope, check-up
🏆 cúp, vô địch | trophy, winner
🥇 huy chương vàng, nhất | gold medal, first
⚽ bóng đá | football, soccer
🏸 cầu lông | badminton
🎮 chơi game | video game
🎵 nhạc | music
🇻🇳 Việt Nam, cờ đỏ sao vàng | Vietnam, flag
`;
